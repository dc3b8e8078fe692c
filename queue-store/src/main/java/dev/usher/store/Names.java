package dev.usher.store;

/** What a room or an upstream may be called: it becomes part of a key, a cookie and a metric. */
final class Names {
  private static final int LENGTH_MAX = 63;

  private Names() {}

  // On the path of every token that is verified: no regex.
  static void check(String what, String name) {
    int length = name.length();
    boolean good = length >= 1 && length <= LENGTH_MAX;
    for (int i = 0; good && i < length; i++) {
      char c = name.charAt(i);
      boolean inner = i > 0 && i < length - 1;
      good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && inner);
    }
    if (!good) {
      throw new IllegalArgumentException(
          what
              + " must be 1 to 63 lower-case letters, digits or inner hyphens but was \""
              + name
              + "\"");
    }
  }
}
