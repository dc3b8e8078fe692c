package dev.usher.sale;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The openings of one room before which visitors gather, in their order. Of two none begins before
 * the other is over.
 */
public final class Openings {
  /** Of a room that is always open. */
  public static final Openings NONE = new Openings(List.of());

  private final Opening[] all;

  private Openings(List<Opening> all) {
    this.all = all.toArray(new Opening[0]);
  }

  /** Those of these events. */
  public static Openings of(List<SaleEvent> events) {
    return new Openings(
        events.stream()
            .filter(event -> event.times().preQueueAt() != null)
            .map(event -> opening(event.times()))
            .sorted(Comparator.comparingLong(Opening::at))
            .toList());
  }

  private static Opening opening(SaleEvent.Times times) {
    SaleTime from = times.preQueueAt();
    return Opening.of(from == null ? times.opensAt() : from, times.opensAt());
  }

  /** The next one; null if there is none. On the path of every poll: a few comparisons. */
  public @Nullable Opening next(long now) {
    for (Opening each : all) {
      if (now < each.at()) {
        return each;
      }
    }
    return null;
  }

  /** The one for which visitors gather now; null while the room is open. */
  public @Nullable Opening awaited(long now) {
    Opening next = next(now);
    return next != null && next.isAwaited(now) ? next : null;
  }
}
