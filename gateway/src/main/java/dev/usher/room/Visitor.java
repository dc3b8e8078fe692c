package dev.usher.room;

import dev.usher.store.Place;
import dev.usher.token.InLine;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * A visitor as the edge knows them from the request: what they want, and what they can show. All
 * tokens have been verified.
 *
 * @param inLine the token of a visitor who waits; null for none, and where it is the used ticket of
 *     one of the passes
 * @param former the pass of a session that is over; null for none
 * @param reads whether the request only reads
 * @param finishes whether the visitor has a former pass and the request is for a path by which
 *     visitors finish
 */
public record Visitor(
    Intent intent,
    @Nullable InLine inLine,
    @Nullable Pass pass,
    @Nullable Pass former,
    boolean reads,
    boolean finishes) {
  public Visitor {
    if (inLine instanceof Ticket ticket && (isOf(ticket, pass) || isOf(ticket, former))) {
      inLine = null;
    }
  }

  private static boolean isOf(Ticket ticket, @Nullable Pass pass) {
    return pass != null && pass.place().equals(ticket.place());
  }

  /** A visitor who shows nothing of an earlier session. */
  public Visitor(Intent intent, @Nullable InLine inLine, @Nullable Pass pass) {
    this(intent, inLine, pass, null, false, false);
  }

  /**
   * The place of whatever the visitor holds of the room, whether worth anything or not; null for
   * nothing.
   */
  @Nullable Place spent() {
    Pass shown = pass == null ? former : pass;
    if (shown != null) {
      return shown.place();
    }
    return inLine instanceof Ticket ticket ? ticket.place() : null;
  }
}
