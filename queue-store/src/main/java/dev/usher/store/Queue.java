package dev.usher.store;

import java.time.Duration;

/**
 * One room's queue: where it is kept, and its times.
 *
 * @param upstream the pods behind the room; the queues of one upstream share its capacity
 * @param room the waiting room, unique within its upstream
 * @param presenceWindow a waiting visitor is present while seen in this window of time or the two
 *     before it; at least twice the longest time between two polls, or those who stay would be
 *     taken for gone
 * @param sessionWindow a session lasts while seen in this window of time or the four before it; a
 *     quarter of the life of a pass, so that no session ends before its pass has run out
 * @param offer how long a called visitor's place is kept free for the claim
 */
public record Queue(
    String upstream, String room, Duration presenceWindow, Duration sessionWindow, Duration offer) {

  /** Windows that count towards presence: the current one and two whole ones. */
  public static final int PRESENCE_WINDOWS = 3;

  /** Windows that count towards a session: the current one and four whole ones. */
  public static final int SESSION_WINDOWS = 5;

  /**
   * Numbers in use at once, from the lowest whose visitor waits or is inside to the last one given:
   * 1.25 MB of bits a window in the store.
   */
  public static final long SPAN_MAX = 10_000_000;

  /**
   * After so many numbers the next epoch begins as soon as nobody waits. A tenth of the span, so
   * that a step looks at few bits and a day of nothing but crowds does not come near its end.
   */
  public static final long ROLL_AFTER = 1_000_000;

  /** Numbers left out after a loss: more than can have been given without anybody remembering. */
  public static final long GAP = Bits.CHUNK;

  /** Nobody comes back to a place so long after it was last touched. */
  public static final Duration KEPT = Duration.ofDays(1);

  /**
   * Every replica asks for the line five times a second. When none did for so long, none told whom
   * it saw either.
   */
  public static final Duration UNASKED_MAX = Duration.ofSeconds(5);

  /** So many more than there are places may ask: some places fall free before the next step. */
  public static final int SPARE = 4;

  /** So many who wait are a crowd, whose absence in a mass is an outage and no departure. */
  public static final int CROWD = 20;

  /** Such an outage ends at the latest after so long, and whoever is not seen has gone. */
  public static final Duration OUTAGE_MAX = Duration.ofMinutes(30);

  /** Of a thousand who wait, seen in two windows that follow each other, so many more or less. */
  public static final int STEADY_SHARE = 100;

  /** So many of a thousand who wait, seen steadily, are those who are left. */
  public static final int BACK_SHARE = 100;

  /** Where of a thousand who wait no more are seen, those inside cannot be seen either. */
  public static final int HIDDEN_SHARE = 50;

  public Queue {
    Names.check("An upstream's name", upstream);
    Names.check("A room's name", room);
    positive("presenceWindow", presenceWindow);
    positive("sessionWindow", sessionWindow);
    positive("offer", offer);
  }

  private static void positive(String what, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(what + " must be at least 1 ms but was " + value);
    }
  }
}
