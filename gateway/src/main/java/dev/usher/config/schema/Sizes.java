package dev.usher.config.schema;

/** Sizes as an operator writes them: {@code 16KiB}, {@code 10MiB}; a bare number is bytes. */
public final class Sizes {
  private static final String UNITS = "KMGT";

  private Sizes() {}

  /**
   * Reads a size that the schema has found well-formed.
   *
   * @return bytes, at most {@link Long#MAX_VALUE}
   */
  public static long parse(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    long bytes = Long.parseLong(text.substring(0, digits));
    int power = digits < text.length() ? UNITS.indexOf(text.charAt(digits)) + 1 : 0;
    for (int i = 0; i < power; i++) {
      bytes = bytes > Long.MAX_VALUE / 1024 ? Long.MAX_VALUE : bytes * 1024;
    }
    return bytes;
  }
}
