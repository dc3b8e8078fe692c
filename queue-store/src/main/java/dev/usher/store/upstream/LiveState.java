package dev.usher.store.upstream;

import java.util.Locale;

/**
 * What an operator has set for a room while it runs. It stands until it is taken back, whatever
 * becomes of the room's line.
 *
 * @param room the room's name
 * @param at when it was set, by the store's clock, in milliseconds since 1970; 0 for never. Of two
 *     states of a room the later one stands
 * @param paused whether nobody comes in for now
 * @param soldOut whether there is nothing left to wait for
 * @param sessions most sessions of the room, or {@link #UNLIMITED}
 * @param perMinute most visitors called or admitted at once within a minute, or {@link #UNLIMITED}
 * @param message what the organiser tells those who wait, "" for nothing
 */
public record LiveState(
    String room,
    long at,
    boolean paused,
    boolean soldOut,
    long sessions,
    long perMinute,
    String message) {
  /** No limit; what was measured still limits. */
  public static final long UNLIMITED = -1;

  /** Longest message, so that it is still read, and that a thousand rooms are told in a packet. */
  public static final int MESSAGE_MAX = 300;

  private static final int WORDS = 5;

  public LiveState {
    if (sessions < UNLIMITED || perMinute < UNLIMITED) {
      throw new IllegalArgumentException(
          "A limit must be at least 0 but was " + Math.min(sessions, perMinute));
    }
    if (message.length() > MESSAGE_MAX || message.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException(
          "A message must be one line of at most "
              + (MESSAGE_MAX + " characters but was of " + message.length()));
    }
  }

  /** The state of a room for which nothing was ever set. */
  public static LiveState unset(String room) {
    return new LiveState(room, 0, false, false, UNLIMITED, UNLIMITED, "");
  }

  /** Whether nobody comes in. */
  public boolean isShut() {
    return paused || soldOut;
  }

  public boolean isLimited() {
    return sessions != UNLIMITED || perMinute != UNLIMITED;
  }

  public LiveState at(long time) {
    return new LiveState(room, time, paused, soldOut, sessions, perMinute, message);
  }

  public LiveState paused(boolean now) {
    return new LiveState(room, at, now, soldOut, sessions, perMinute, message);
  }

  public LiveState soldOut(boolean now) {
    return new LiveState(room, at, paused, now, sessions, perMinute, message);
  }

  public LiveState limited(long toSessions, long toPerMinute) {
    return new LiveState(room, at, paused, soldOut, toSessions, toPerMinute, message);
  }

  public LiveState saying(String other) {
    return new LiveState(room, at, paused, soldOut, sessions, perMinute, other);
  }

  /** As one line of words that scripts can read; the message is the last. */
  public String words() {
    return String.format(
        Locale.ROOT, "%d %d %d %d %s", bit(paused), bit(soldOut), sessions, perMinute, message);
  }

  private static int bit(boolean set) {
    return set ? 1 : 0;
  }

  /** The state that was written as these words. */
  public static LiveState of(String room, long at, String words) {
    String[] parts = words.split(" ", WORDS);
    if (at == 0 || parts.length < WORDS) {
      return unset(room);
    }
    return new LiveState(
        room,
        at,
        parts[0].equals("1"),
        parts[1].equals("1"),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        parts[4]);
  }
}
