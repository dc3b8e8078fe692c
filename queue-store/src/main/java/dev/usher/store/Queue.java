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
