package dev.usher.house;

/** How much of the matrix of ways and seeds the tests play: {@code -Dusher.matrix=once|all}. */
public final class Matrix {
  private static final String SETTING = "usher.matrix";

  private Matrix() {}

  /** Whether every way and every seed is played, not a few of them. */
  public static boolean isWhole() {
    return isWhole(System.getProperty(SETTING, "once"));
  }

  static boolean isWhole(String setting) {
    return switch (setting) {
      case "all" -> true;
      case "once" -> false;
      default ->
          throw new IllegalArgumentException(
              SETTING + " must be \"all\" or \"once\" but was \"" + setting + "\"");
    };
  }
}
