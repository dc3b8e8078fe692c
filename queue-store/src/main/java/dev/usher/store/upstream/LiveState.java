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
 * @param messageStays while it is paused, whether the message is not of the pause but stood before
 */
public record LiveState(
    String room,
    long at,
    boolean paused,
    Left left,
    long sessions,
    long perMinute,
    String message,
    boolean messageStays) {
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

  /**
   * Stands before a message that stays. No message begins with it, and replicas of an earlier
   * version, which know of no such mark, tell it along with the message and write it back.
   */
  private static final String STAYS = " ";

  public LiveState {
    // The longest message has no room for the mark: an earlier version would refuse the state.
    boolean mayStay = !message.isEmpty() && message.length() < MESSAGE_MAX;
    messageStays = messageStays && paused && mayStay;
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
    return new LiveState(room, 0, false, Left.SOMETHING, UNLIMITED, UNLIMITED, "", false);
  }

  /** Whether nobody comes in. */
  public boolean isShut() {
    return paused || soldOut();
  }

  public boolean isLimited() {
    return sessions != UNLIMITED || perMinute != UNLIMITED;
  }

  public LiveState at(long time) {
    return new LiveState(room, time, paused, left, sessions, perMinute, message, messageStays);
  }

  /** Pauses the room, or takes that back alone. What was said before is not of the pause. */
  public LiveState paused(boolean now) {
    boolean stays = paused ? messageStays : now;
    return new LiveState(room, at, now, left, sessions, perMinute, message, stays);
  }

  /** Takes a pause back, and what was said with it or since. */
  public LiveState resumed() {
    return (paused && !messageStays ? saying("") : this).paused(false);
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
    return new LiveState(room, at, paused, now, sessions, perMinute, message, messageStays);
  }

  public LiveState limited(long toSessions, long toPerMinute) {
    return new LiveState(room, at, paused, left, toSessions, toPerMinute, message, messageStays);
  }

  /** Tells those who wait something else; while the room is paused, that is of the pause. */
  public LiveState saying(String other) {
    return new LiveState(room, at, paused, left, sessions, perMinute, other.strip(), false);
  }

  /** As one line of words that scripts can read; the message is the last. */
  public String words() {
    return String.format(
        Locale.ROOT,
        "%d %d %d %d %s%s",
        paused ? 1 : 0,
        digit(left),
        sessions,
        perMinute,
        messageStays ? STAYS : "",
        message);
  }

  /** The state that was written as these words. */
  public static LiveState of(String room, long at, String words) {
    String[] parts = words.split(" ", WORDS);
    if (at == 0 || parts.length < WORDS) {
      return unset(room);
    }
    boolean stays = parts[4].startsWith(STAYS);
    return new LiveState(
        room,
        at,
        parts[0].equals("1"),
        left(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        stays ? parts[4].substring(STAYS.length()) : parts[4],
        stays);
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
