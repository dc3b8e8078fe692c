package dev.usher.page;

import dev.usher.words.EnumWords;

/** A form that words take beside a number, as Unicode's CLDR calls them. */
enum Plural {
  ZERO,
  ONE,
  TWO,
  FEW,
  MANY,
  OTHER;

  private static final long MILLION = 1_000_000;

  /** The form's name in the texts, and in the browser's {@code Intl.PluralRules}. */
  String word() {
    return EnumWords.lower(this);
  }

  static Plural ofOne(long n) {
    return n == 1 ? ONE : OTHER;
  }

  static Plural ofOneAndMillions(long n) {
    return n == 1 ? ONE : ofMillions(n);
  }

  static Plural ofLessThanTwoAndMillions(long n) {
    return n < 2 ? ONE : ofMillions(n);
  }

  private static Plural ofMillions(long n) {
    return n != 0 && n % MILLION == 0 ? MANY : OTHER;
  }

  static Plural ofArabic(long n) {
    long rest = n % 100;
    if (n < 3) {
      return values()[(int) n];
    }
    if (rest < 3) {
      return OTHER;
    }
    return rest <= 10 ? FEW : MANY;
  }
}
