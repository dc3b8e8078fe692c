package dev.usher.store;

import java.util.regex.Pattern;

/** What a room or an upstream may be called: it becomes part of a key, a cookie and a metric. */
final class Names {
  private static final Pattern SAFE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private Names() {}

  static void check(String what, String name) {
    if (!SAFE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what
              + " must be 1 to 63 lower-case letters, digits or inner hyphens but was \""
              + name
              + "\"");
    }
  }
}
