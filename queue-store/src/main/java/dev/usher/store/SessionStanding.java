package dev.usher.store;

/** What is known of a session whose pass has run out. */
public enum SessionStanding {
  /** It is counted: its visitor was heard of. */
  COUNTED,
  /** The visitor left, or it was ended. */
  LEFT,
  /** It ended by itself, or there was none. */
  LAPSED
}
