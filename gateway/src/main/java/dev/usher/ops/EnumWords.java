package dev.usher.ops;

import java.util.Locale;

/** How reasons are spelt for operators. */
final class EnumWords {
  private EnumWords() {}

  /** The constant's name in small letters: the metric's label, the field of an answer. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
