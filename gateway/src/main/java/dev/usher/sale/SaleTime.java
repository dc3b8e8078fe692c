package dev.usher.sale;

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
 * A time as it is written on a poster: by the clocks of a place. It is kept in that form, because
 * what a clock there will show at a moment is known for certain only when the moment has come.
 *
 * @param local what the clocks show
 * @param zone the place
 */
public record SaleTime(LocalDateTime local, ZoneId zone) {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /** If no clock there ever shows this time, that in words; else null. */
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

  /** If clocks there show this time twice, that in words; else null. */
  public @Nullable String twice() {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.size() < 2
        ? null
        : String.format(
            Locale.ROOT, "clocks in %s show %s twice; the first is meant, %s", zone, local, at());
  }

  /**
   * The moment, the first one if there are two; for a time that no clock shows, the one after the
   * gap.
   */
  private ZonedDateTime at() {
    return local.atZone(zone).withEarlierOffsetAtOverlap();
  }

  /** The moment in milliseconds since 1970. */
  public long millis() {
    return at().toInstant().toEpochMilli();
  }

  /** The time for people, with its offset from UTC. */
  @Override
  public String toString() {
    return SHOWN.format(local) + " " + zone + " (" + at().toInstant() + ")";
  }
}
