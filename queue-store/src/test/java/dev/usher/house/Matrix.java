package dev.usher.house;

import java.util.List;

/**
 * How much of the matrix of ways and seeds the tests play: {@code -Dusher.matrix=once|rest|all}.
 */
public enum Matrix {
  /** Each play over its first way, those of the smoke set over each, and a few seeds. */
  ONCE,
  /** What is not played once: the other ways, or the first where there is none, and all seeds. */
  REST,
  /** Every way and every seed. */
  ALL;

  private static final String SETTING = "usher.matrix";

  /** Whether all seeds are played, not a few of them. */
  public static boolean hasAllSeeds() {
    return played() != ONCE;
  }

  static Matrix played() {
    return of(System.getProperty(SETTING, "once"));
  }

  static Matrix of(String setting) {
    return switch (setting) {
      case "once" -> ONCE;
      case "rest" -> REST;
      case "all" -> ALL;
      default ->
          throw new IllegalArgumentException(
              SETTING + (" must be \"once\", \"rest\" or \"all\" but was \"" + setting + "\""));
    };
  }

  /** Those of these ways over which a play is played: at least one. */
  <T> List<T> ways(List<T> ways, boolean smoke) {
    List<T> first = ways.subList(0, 1);
    List<T> others = smoke ? List.of() : ways.subList(1, ways.size());
    return switch (this) {
      case ONCE -> smoke ? ways : first;
      case REST -> others.isEmpty() ? first : others;
      case ALL -> ways;
    };
  }
}
