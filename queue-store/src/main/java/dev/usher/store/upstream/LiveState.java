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
 * @param left whether there is nothing left to wait for, and who says so
 * @param sessions most sessions of the room, or {@link #UNLIMITED}
 * @param perMinute most visitors called or admitted at once within a minute, or {@link #UNLIMITED}
 * @param message what the organiser tells those who wait, "" for nothing
 */
public record LiveState(
    String room,
    long at,
    boolean paused,
    Left left,
    long sessions,
    long perMinute,
    String message) {
  /** Whether there is something left to wait for. */
  public enum Left {
    SOMETHING,
    NOTHING_BY_OPERATOR,
    NOTHING_BY_SHOP
  }

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
    return new LiveState(room, 0, false, Left.SOMETHING, UNLIMITED, UNLIMITED, "");
  }

  /** Whether nobody comes in. */
  public boolean isShut() {
    return paused || soldOut();
  }

  public boolean isLimited() {
    return sessions != UNLIMITED || perMinute != UNLIMITED;
  }

  public LiveState at(long time) {
    return new LiveState(room, time, paused, left, sessions, perMinute, message);
  }

  public LiveState paused(boolean now) {
    return new LiveState(room, at, now, left, sessions, perMinute, message);
  }

  /** Whether there is nothing left to wait for. */
  public boolean soldOut() {
    return left != Left.SOMETHING;
  }

  /** An operator says whether it is sold out. */
  public LiveState soldOut(boolean now) {
    return with(now ? Left.NOTHING_BY_OPERATOR : Left.SOMETHING);
  }

  /** The shop says whether it is sold out; what an operator said, only an operator takes back. */
  public LiveState shopSoldOut(boolean now) {
    return switch (left) {
      case NOTHING_BY_OPERATOR -> this;
      case SOMETHING, NOTHING_BY_SHOP -> with(now ? Left.NOTHING_BY_SHOP : Left.SOMETHING);
    };
  }

  private LiveState with(Left now) {
    return new LiveState(room, at, paused, now, sessions, perMinute, message);
  }

  public LiveState limited(long toSessions, long toPerMinute) {
    return new LiveState(room, at, paused, left, toSessions, toPerMinute, message);
  }

  public LiveState saying(String other) {
    return new LiveState(room, at, paused, left, sessions, perMinute, other);
  }

  /** As one line of words that scripts can read; the message is the last. */
  public String words() {
    return String.format(
        Locale.ROOT, "%d %d %d %d %s", paused ? 1 : 0, digit(left), sessions, perMinute, message);
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
        left(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        parts[4]);
  }

  private static int digit(Left left) {
    return switch (left) {
      case SOMETHING -> 0;
      case NOTHING_BY_OPERATOR -> 1;
      case NOTHING_BY_SHOP -> 2;
    };
  }

  private static Left left(String digit) {
    return switch (digit) {
      case "1" -> Left.NOTHING_BY_OPERATOR;
      case "2" -> Left.NOTHING_BY_SHOP;
      default -> Left.SOMETHING;
    };
  }
}
