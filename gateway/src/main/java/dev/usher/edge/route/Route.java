package dev.usher.edge.route;

import org.jspecify.annotations.Nullable;

/**
 * Where one request belongs.
 *
 * @param kind what is to be done with it
 * @param room the room that guards the request, or whose guard it may bypass; null for the other
 *     kinds
 * @param upstream where the request is forwarded; null if it is not, or if nothing is behind it
 */
public record Route(Kind kind, @Nullable RoomRoute room, @Nullable String upstream) {

  /** What is to be done with a request. */
  public enum Kind {
    /** A room guards it. */
    GUARDED,
    /** The request belongs to a room, but need not wait. */
    BYPASSED,
    /** No room guards it. */
    OUTSIDE,
    /** The request is for Usher itself. */
    RESERVED,
    /** No room names the host, and no setting says where such a host leads: 421. */
    MISDIRECTED,
    /** The request could be read as two that are treated differently: 400. */
    UNCLEAR
  }
}
