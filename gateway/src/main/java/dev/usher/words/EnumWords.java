package dev.usher.words;

import java.util.Locale;

/**
 * The spelling of enum constants: a reason is called the same in metrics, answers, log and pages.
 */
public final class EnumWords {
  private EnumWords() {}

  /** The constant's name in lower case: the metric's label, the field of an answer. */
  public static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The constant's name as people write it in a report. */
  public static String spoken(Enum<?> constant) {
    return lower(constant).replace('_', ' ');
  }
}
