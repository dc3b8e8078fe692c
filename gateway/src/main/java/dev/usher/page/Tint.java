package dev.usher.page;

/** A part that colours play on the page, with the name that it has in the style. */
public enum Tint {
  /** What is to be read first. */
  TEXT("ink"),
  /** What is said besides. */
  MUTED("soft"),
  /** Around the card. */
  BACKGROUND("ground"),
  /** What the text stands on. */
  CARD("card"),
  /** Around buttons. */
  BORDER("edge"),
  /** Links, the progress, the bar beside the place; the ground of the button Continue. */
  ACCENT("mark");

  final String variable;

  Tint(String variable) {
    this.variable = variable;
  }
}
