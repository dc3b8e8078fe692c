package dev.usher.drill;

/** An answer that is whole, as far as a visitor looks at it. */
interface Answer {
  Head head();

  /** The beginning of the body as text. */
  String body();
}
