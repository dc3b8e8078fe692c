package dev.usher.visit;

/** What a visitor can ask. */
public enum Ask {
  JOIN,
  POLL,
  CLAIM,
  BROWSE,
  LEAVE;

  /** Whether asking twice is as good as asking once. */
  boolean isSafe() {
    return this == POLL || this == BROWSE;
  }

  /** Where it is asked. */
  String path(Manners manners) {
    return switch (this) {
      case JOIN -> "/_usher/join?room=" + manners.room();
      case POLL -> "/_usher/place?room=" + manners.room();
      case CLAIM -> "/_usher/claim?room=" + manners.room();
      case LEAVE -> "/_usher/leave?room=" + manners.room();
      case BROWSE -> manners.page();
    };
  }
}
