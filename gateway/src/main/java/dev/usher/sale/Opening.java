package dev.usher.sale;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * An opening before which visitors gather: they get numbers, and nobody comes in.
 *
 * @param from from when on they gather, in milliseconds since 1970
 * @param at when people are let in, in milliseconds since 1970
 * @param utc the same for machines
 * @param day the day of it at the place
 * @param clock what the clocks of the place show, and which place
 */
public record Opening(long from, long at, String utc, LocalDate day, String clock) {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  static Opening of(SaleTime from, SaleTime at) {
    return new Opening(
        from.millis(),
        at.millis(),
        Instant.ofEpochMilli(at.millis()).toString(),
        at.local().toLocalDate(),
        CLOCK.format(at.local()) + " (" + at.zone() + ")");
  }

  /** Whether visitors gather for it at this time. */
  boolean isAwaited(long now) {
    return from <= now && now < at;
  }
}
