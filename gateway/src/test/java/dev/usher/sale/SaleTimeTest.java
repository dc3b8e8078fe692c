package dev.usher.sale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** A sale opens when the clocks on the wall say so, whatever they are set to meanwhile. */
final class SaleTimeTest {
  private static SaleTime at(String local, String zone) {
    return new SaleTime(LocalDateTime.parse(local), ZoneId.of(zone));
  }

  private static Instant moment(SaleTime time) {
    return Instant.ofEpochMilli(time.millis());
  }

  @Test
  void tenInTheMorningIsTenInTheMorningInWinterAndInSummer() {
    assertThat(moment(at("2026-02-12T10:00", "Europe/Berlin"))).isEqualTo("2026-02-12T09:00:00Z");
    assertThat(moment(at("2026-06-12T10:00", "Europe/Berlin"))).isEqualTo("2026-06-12T08:00:00Z");
    assertThat(at("2026-06-12T10:00", "Europe/Berlin"))
        .hasToString("2026-06-12 10:00:00 Europe/Berlin (2026-06-12T08:00:00Z)");
  }

  @Test
  void aTimeThatNoClockShowsIsRefusedWithBothReadings() {
    assertThat(at("2026-03-29T02:30", "Europe/Berlin").skipped())
        .isEqualTo(
            "clocks in Europe/Berlin go from 02:00 to 03:00 then: write 2026-03-29T01:30 or"
                + " 2026-03-29T03:30");
    assertThat(at("2026-03-29T03:30", "Europe/Berlin").skipped()).isNull();
    assertThat(at("2026-03-29T02:30", "UTC").skipped()).isNull();
  }

  @Test
  void ofATimeThatClocksShowTwiceTheFirstIsMeant() {
    SaleTime twice = at("2026-10-25T02:30", "Europe/Berlin");
    assertThat(moment(twice)).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(twice.twice()).contains("show 2026-10-25T02:30 twice; the first is meant");
    assertThat(at("2026-10-25T03:30", "Europe/Berlin").twice()).isNull();
  }

  @Test
  void aHalfHourOfDaylightSavingIsReckonedToo() {
    assertThat(at("2026-10-04T02:15", "Australia/Lord_Howe").skipped())
        .contains("2026-10-04T01:45 or 2026-10-04T02:45");
  }
}
