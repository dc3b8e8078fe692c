package dev.usher.provision;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that people come for at a known time.
 *
 * @param room whose line they stand in
 * @param name its name, unlike that of the room's others
 * @param opensAt when people are let in
 * @param closesAt when it is over; null where it is over when nobody comes any more
 * @param size how big it is
 * @param lead so long before the opening the pods are asked for
 * @param holdAfterEmpty so long after the last one waited they are kept
 * @param scaleIn so many of a hundred pods are given up in a minute afterwards, at most
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
   * How big it is: pods, or else visitors.
   *
   * @param replicas pods, 0 where visitors say it
   * @param visitors people who come
   * @param within everyone should be in after so long
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

  /** By which it is known although it is edited: its room, name and date. */
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
