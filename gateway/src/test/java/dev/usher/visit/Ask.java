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
  String path(String page) {
    return switch (this) {
      case JOIN -> "/_usher/join?room=" + VisitTokens.ROOM;
      case POLL -> "/_usher/place?room=" + VisitTokens.ROOM;
      case CLAIM -> "/_usher/claim?room=" + VisitTokens.ROOM;
      case LEAVE -> "/_usher/leave?room=" + VisitTokens.ROOM;
      case BROWSE -> page;
    };
  }
}
