package dev.usher.ops;

import java.util.Locale;

/** How reasons are spelt for operators. */
final class Words {
  private Words() {}

  /** The constant's name in small letters: the metric's label, the field of an answer. */
  static String small(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
