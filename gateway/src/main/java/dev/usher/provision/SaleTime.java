package dev.usher.provision;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A time as it is written on a poster: by the clocks of a place. It is kept so, because what a
 * clock there will show at a moment is known for sure only when it has come.
 *
 * @param local what the clocks show
 * @param zone where
 */
record SaleTime(LocalDateTime local, ZoneId zone) {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /** What no clock there ever shows, in words; null where one does. */
  public @Nullable String skipped() {
    if (!zone.getRules().getValidOffsets(local).isEmpty()) {
      return null;
    }
    ZoneOffsetTransition gap = zone.getRules().getTransition(local);
    return String.format(
        Locale.ROOT,
        "clocks in %s go from %s to %s then: write %s or %s",
        zone,
        gap.getDateTimeBefore().toLocalTime(),
        gap.getDateTimeAfter().toLocalTime(),
        local.minus(gap.getDuration()),
        local.plus(gap.getDuration()));
  }

  /** What clocks there show twice, in words; null where they show it once. */
  public @Nullable String twice() {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.size() < 2
        ? null
        : String.format(
            Locale.ROOT, "clocks in %s show %s twice; the first is meant, %s", zone, local, at());
  }

  /** The moment, the first of two; of what no clock shows, that after the gap. */
  private ZonedDateTime at() {
    return local.atZone(zone).withEarlierOffsetAtOverlap();
  }

  /** In milliseconds since 1970. */
  public long millis() {
    return at().toInstant().toEpochMilli();
  }

  /** For people, with the offset from UTC. */
  @Override
  public String toString() {
    return SHOWN.format(local) + " " + zone + " (" + at().toInstant() + ")";
  }
}
