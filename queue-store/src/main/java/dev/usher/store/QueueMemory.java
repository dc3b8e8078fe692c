package dev.usher.store;

import java.util.List;

/**
 * What a replica remembers of a queue that the store may have lost.
 *
 * @param line the last line that was whole; {@link Line#UNKNOWN} if there was none
 * @param claimed whose places were claimed
 * @param inside who was in session, of the line's epoch
 */
public record QueueMemory(Line line, Bits claimed, Bits inside) {
  /** Nothing: this replica has not seen the queue. */
  public static final QueueMemory NOTHING = of(Line.UNKNOWN);

  /** A line, and nobody who is known to be inside. */
  public static QueueMemory of(Line line) {
    return new QueueMemory(line, Bits.NONE, Bits.NONE);
  }

  /** Its bits in the order claimed, left, waiting, inside. */
  public List<Bits> bits() {
    return List.of(claimed, line.left(), line.waiting(), inside);
  }
}
