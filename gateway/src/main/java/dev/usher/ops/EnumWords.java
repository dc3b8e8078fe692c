package dev.usher.ops;

import java.util.Locale;

/** The spelling of enum constants for operators. */
final class EnumWords {
  private EnumWords() {}

  /** The constant's name in lower case: the metric's label, the field of an answer. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
