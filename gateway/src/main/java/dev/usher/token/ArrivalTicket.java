package dev.usher.token;

import dev.usher.store.Standby;

/**
 * Proof of when a visitor came to whom no number could be given. Numbers are given later in the
 * order of these.
 *
 * @param room the room's name
 * @param arrivedAt when they came, by the store's clock as the replica knew it, in milliseconds
 *     since 1970
 * @param replica which replica they came to
 * @param sequence which of its visitors they were, at least 0
 */
public record ArrivalTicket(String room, long arrivedAt, int replica, int sequence)
    implements InLine {
  public ArrivalTicket {
    if (arrivedAt < 0 || sequence < 0) {
      throw new IllegalArgumentException(
          "arrivedAt and sequence must be at least 0 but were " + arrivedAt + ", " + sequence);
    }
  }

  /** What their visitor stands by as. */
  public Standby standby() {
    return Standby.arrived(arrivedAt, replica, sequence);
  }
}
