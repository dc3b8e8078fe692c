package dev.usher.edge.route;

import org.jspecify.annotations.Nullable;

/**
 * Where one request belongs.
 *
 * @param kind what is to be done with it
 * @param room the room that guards it, or whose guard it may pass by; null for the other kinds
 * @param upstream where it is passed on to; null when it is not, or when nothing is behind it
 */
public record Route(Kind kind, @Nullable RoomRoute room, @Nullable String upstream) {

  /** What is to be done with a request. */
  public enum Kind {
    /** A room guards it. */
    GUARDED,
    /** It is a room's, but need not wait. */
    BYPASSED,
    /** No room guards it. */
    OUTSIDE,
    /** It is for Usher itself. */
    RESERVED,
    /** No room names its host, and nothing says where such a host leads: 421. */
    MISDIRECTED,
    /** It could be taken for two things that are treated differently: 400. */
    UNCLEAR
  }
}
