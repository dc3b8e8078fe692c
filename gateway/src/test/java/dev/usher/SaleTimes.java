package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Events of the next seconds, as they stand in a file. */
final class SaleTimes {
  /** What the page says before an opening; its script has the sentence, too. */
  static final String SAID = "<p id=\"place\">The sale has not begun yet. It begins on ";

  private SaleTimes() {}

  /** A room called concert whose visitors gather from a day ago until then. */
  static String gathering(LocalDateTime opensAt) {
    return "rooms: {concert: {poll: {min: 200ms, max: 20s}, events: ["
        + event(opensAt, ", preQueueAt: '" + opensAt.minusDays(1) + "'")
        + "]}}\n";
  }

  static String event(LocalDateTime opensAt, String more) {
    return "{name: sale, zone: UTC, visitors: 100, opensAt: '" + opensAt + "'" + more + "}";
  }

  /** A whole second that is at least so many seconds ahead. */
  static LocalDateTime inSeconds(int seconds) {
    return LocalDateTime.now(ZoneOffset.UTC).plusSeconds(seconds + 1L).withNano(0);
  }

  static boolean isPast(LocalDateTime time) {
    return !LocalDateTime.now(ZoneOffset.UTC).isBefore(time);
  }

  /** Asks for them all until the opening, by visitors who stay, and some who are new. */
  static void nobodyComesInBefore(LocalDateTime opensAt, List<Guest> guests) {
    while (!isPast(opensAt)) {
      for (Guest guest : guests) {
        String state = guest.posts("/_usher/claim").json().getString("state");
        // Only what was answered before the opening tells something of the time before it.
        assertThat(isPast(opensAt) ? "waiting" : state).isEqualTo("waiting");
      }
    }
  }
}
