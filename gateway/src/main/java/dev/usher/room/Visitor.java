package dev.usher.room;

import dev.usher.store.Place;
import dev.usher.token.InLine;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * What the edge learnt of a visitor from the request: what they want, and what they can show. All
 * tokens are verified already.
 *
 * @param former the pass of a session that is over; null for none
 * @param reads whether the request only reads
 * @param finishes whether, of one with a former pass, it is for a path by which visitors finish
 */
public record Visitor(
    Intent intent,
    @Nullable InLine inLine,
    @Nullable Pass pass,
    @Nullable Pass former,
    boolean reads,
    boolean finishes) {
  /** One who shows nothing of an earlier session. */
  public Visitor(Intent intent, @Nullable InLine inLine, @Nullable Pass pass) {
    this(intent, inLine, pass, null, false, false);
  }

  /** What they hold of the room, whatever it is worth; null for nothing. */
  @Nullable Place spent() {
    Pass shown = pass == null ? former : pass;
    if (shown != null) {
      return shown.place();
    }
    return inLine instanceof Ticket ticket ? ticket.place() : null;
  }
}
