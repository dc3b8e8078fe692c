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
  /** An app, a form or a page's own call: comes in while nobody waits, and takes no number. */
  ENTER(false, false),
  /** Nobody's arrival: a look at the head, a prefetch, a part of a page. */
  PEEK(false, false),
  /** Nobody at all: a crawler, a link's preview, a monitor, a balancer's check. */
  ROBOT(false, false);

  private final boolean takesNumber;
  private final boolean claims;

  Intent(boolean takesNumber, boolean claims) {
    this.takesNumber = takesNumber;
    this.claims = claims;
  }

  boolean takesNumber() {
    return takesNumber;
  }

  /** Whether somebody comes in by it where a place is free. */
  boolean comesIn() {
    return takesNumber || this == ENTER;
  }

  /** Whether it is for the upstream, not for the room itself. */
  boolean goesOn() {
    return this != JOIN && this != CLAIM && this != LOOK;
  }

  boolean claims() {
    return claims;
  }
}
