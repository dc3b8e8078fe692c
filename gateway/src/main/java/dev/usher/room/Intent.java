package dev.usher.room;

/** What a request wants of the room. */
public enum Intent {
  /** A visitor opens a page: takes a number, claims a place. */
  NAVIGATE(true, true),
  /** An explicit wish for a number. */
  JOIN(true, false),
  /** An explicit claim of a called place. */
  CLAIM(false, true),
  /** A question about how things stand. */
  LOOK(false, false),
  /**
   * An app, a form or a page's own call: comes in while nobody waits, but takes no number to wait
   * with.
   */
  ENTER(false, false),
  /** Nobody's arrival: a HEAD request, a prefetch, a part of a page. */
  PEEK(false, false),
  /** Not a person: a crawler, a link preview, a monitor, a load balancer's check. */
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

  /** Whether a request of this kind lets its visitor in when a place is free. */
  boolean comesIn() {
    return takesNumber || this == ENTER;
  }

  /** Whether the request is meant for the upstream, not for the room itself. */
  boolean goesOn() {
    return this != JOIN && this != CLAIM && this != LOOK;
  }

  boolean claims() {
    return claims;
  }
}
