package dev.usher.token;

import dev.usher.store.Standby;

/**
 * Proof of when a visitor came who could not be given a number yet. Numbers are given later, in the
 * order of these tickets.
 *
 * @param room the room's name
 * @param arrivedAt when the visitor came, by the store's clock as the replica knew it, in
 *     milliseconds since 1970
 * @param replica the replica that the visitor came to
 * @param sequence the visitor's position among those who came to it, at least 0
 * @param renewedAt when the ticket was last given or renewed, in milliseconds since 1970
 */
public record ArrivalTicket(String room, long arrivedAt, int replica, int sequence, long renewedAt)
    implements InLine {
  /** A ticket that was never renewed. */
  public ArrivalTicket(String room, long arrivedAt, int replica, int sequence) {
    this(room, arrivedAt, replica, sequence, arrivedAt);
  }

  public ArrivalTicket {
    if (Math.min(arrivedAt, renewedAt) < 0 || sequence < 0) {
      throw new IllegalArgumentException(
          "arrivedAt, renewedAt and sequence must be at least 0 but were "
              + (arrivedAt + ", " + renewedAt + ", " + sequence));
    }
  }

  @Override
  public ArrivalTicket renewed(long now) {
    return InLine.isDue(renewedAt, now)
        ? new ArrivalTicket(room, arrivedAt, replica, sequence, now)
        : this;
  }

  /** The identity under which its visitor stands by. */
  public Standby standby() {
    return Standby.arrived(arrivedAt, replica, sequence);
  }
}
