package dev.usher.provision;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that people come for at a known time.
 *
 * @param room the room whose line they stand in
 * @param name its name, different from that of the room's other events
 * @param opensAt when people are let in
 * @param closesAt when it is over; null if it is over when nobody comes any more
 * @param size how big it is
 * @param lead time before the opening at which the pods are asked for
 * @param holdAfterEmpty time for which they are kept after the last visitor waited
 * @param scaleIn pods given up in a minute afterwards, in percent, at most
 */
record SaleEvent(
    String room,
    String name,
    SaleTime opensAt,
    @Nullable SaleTime closesAt,
    Size size,
    Duration lead,
    Duration holdAfterEmpty,
    int scaleIn) {
  /**
   * The size of an event, in pods or else in visitors.
   *
   * @param replicas pods; 0 if visitors say it
   * @param visitors people who come
   * @param within time within which everyone should be in
   */
  public record Size(int replicas, long visitors, Duration within) {
    public Size {
      if ((replicas > 0) == (visitors > 0)) {
        throw new IllegalArgumentException(
            "One of replicas and visitors must be above 0 but they were "
                + (replicas + " and " + visitors));
      }
    }
  }

  public SaleEvent {
    if (scaleIn < 1 || scaleIn > 100) {
      throw new IllegalArgumentException("scaleIn must be from 1 to 100 but was " + scaleIn);
    }
  }

  /** The key by which it is recognised after an edit: its room, name and date. */
  public String key() {
    return room + "/" + name + "@" + opensAt.local().toLocalDate();
  }

  /** When its pods are asked for, in milliseconds since 1970. */
  public long raiseAt() {
    return opensAt.millis() - lead.toMillis();
  }

  /** When it is over at the latest, in milliseconds since 1970. */
  long endsAt() {
    return closesAt == null ? Long.MAX_VALUE : closesAt.millis();
  }
}
