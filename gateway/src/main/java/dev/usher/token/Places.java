package dev.usher.token;

import dev.usher.store.Place;
import org.jspecify.annotations.Nullable;

/** The text that identifies a session within its room: {@code epoch.lane.number}. */
final class Places {
  /** Two dots and three numbers of at most 19, 2 and 10 digits. */
  private static final int CHARS_MAX = 33;

  private Places() {}

  /** The session's text; together with the room's name it stands for the place. */
  public static String sessionId(Place place) {
    return place.epoch() + "." + place.lane() + "." + place.number();
  }

  /** The place, or null if the text is not exactly what {@link #sessionId} makes of one. */
  public static @Nullable Place parse(String room, String sessionId) {
    int first = sessionId.indexOf('.');
    int second = sessionId.indexOf('.', first + 1);
    if (sessionId.length() > CHARS_MAX || first < 0 || second < 0) {
      return null;
    }
    long epoch = number(sessionId, 0, first);
    long lane = number(sessionId, first + 1, second);
    long number = number(sessionId, second + 1, sessionId.length());
    return place(room, epoch, lane, number);
  }

  /** The place; null if no place has these numbers. */
  static @Nullable Place place(String room, long epoch, long lane, long number) {
    boolean possible =
        epoch >= 1
            && lane >= 0
            && lane < Place.LANES_MAX
            && number >= 1
            && number <= Place.NUMBER_MAX;
    return possible ? new Place(room, epoch, (int) lane, number) : null;
  }

  /** The number; -1 if the text has a sign, a leading zero, or anything but digits. */
  private static long number(String text, int from, int to) {
    int digits = to - from;
    if (digits < 1 || digits > 19 || (digits > 1 && text.charAt(from) == '0')) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    // 19 digits may exceed the largest long by less than a factor of two: then the sign tells.
    return value;
  }
}
