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
 * @param renewedAt when the ticket was given or renewed last, likewise
 */
public record ArrivalTicket(String room, long arrivedAt, int replica, int sequence, long renewedAt)
    implements InLine {
  /** One that was never renewed. */
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

  /** What their visitor stands by as. */
  public Standby standby() {
    return Standby.arrived(arrivedAt, replica, sequence);
  }
}
