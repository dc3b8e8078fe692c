package dev.usher.sale;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that people come for at a known time.
 *
 * @param room the room whose line they stand in
 * @param name its name; the room's events of one day have different ones
 * @param times when it begins and ends
 * @param size how big it is
 * @param readyBefore how long before the opening its pods should be ready
 * @param holdAfterEmpty time for which they are kept after the last visitor waited
 * @param scaleIn pods given up in a minute afterwards, in percent, at most
 */
public record SaleEvent(
    String room,
    String name,
    Times times,
    Size size,
    Duration readyBefore,
    Duration holdAfterEmpty,
    int scaleIn) {
  /**
   * The times of an event.
   *
   * @param preQueueAt from when on visitors gather and nobody comes in; null if they do not
   * @param opensAt when people are let in
   * @param closesAt when it is over; null if it is over when nobody comes any more
   */
  public record Times(
      @Nullable SaleTime preQueueAt, SaleTime opensAt, @Nullable SaleTime closesAt) {
    /** When it is over at the latest, in milliseconds since 1970. */
    public long endsAtMillis() {
      return closesAt == null ? Long.MAX_VALUE : closesAt.millis();
    }
  }

  /**
   * The size of an event, in pods or else in visitors.
   *
   * @param replicas pods; 0 if visitors say it
   * @param visitors people who come
   * @param within time within which everyone should be in; null for that of the upstream's line
   */
  public record Size(int replicas, long visitors, @Nullable Duration within) {
    public Size {
      if ((replicas > 0) == (visitors > 0)) {
        throw new IllegalArgumentException(
            "One of replicas and visitors must be above 0 but they were "
                + (replicas + " and " + visitors));
      }
    }

    /** In a word, which is another one after an edit. */
    public String word() {
      return replicas + "/" + visitors + "/" + (within == null ? "" : within.toMillis());
    }
  }

  public SaleEvent {
    if (scaleIn < 1 || scaleIn > 100) {
      throw new IllegalArgumentException("scaleIn must be from 1 to 100 but was " + scaleIn);
    }
  }

  /** The key by which it is recognised after an edit: its room, name and date. */
  public String key() {
    return room + "/" + name + "@" + times.opensAt().local().toLocalDate();
  }

  /** When people are let in, in milliseconds since 1970. */
  public long opensAtMillis() {
    return times.opensAt().millis();
  }

  /** When its pods should be ready, in milliseconds since 1970. */
  public long readyAtMillis() {
    return opensAtMillis() - readyBefore.toMillis();
  }
}
