package dev.usher.room;

/** What a request wants of the room. */
public enum Intent {
  /** Somebody goes to a page: takes a number, claims a place. */
  NAVIGATE(true, true),
  /** An explicit wish for a number. */
  JOIN(true, false),
  /** An explicit claim of a called place. */
  CLAIM(false, true),
  /** Asks how things stand. */
  LOOK(false, false),
  /** Anything else, such as a page's own background calls. */
  OTHER(false, false);

  private final boolean takesNumber;
  private final boolean claims;

  Intent(boolean takesNumber, boolean claims) {
    this.takesNumber = takesNumber;
    this.claims = claims;
  }

  boolean takesNumber() {
    return takesNumber;
  }

  boolean claims() {
    return claims;
  }
}
