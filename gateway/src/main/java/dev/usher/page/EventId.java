package dev.usher.page;

import org.jspecify.annotations.Nullable;

/**
 * What an event of a stream is called: whom it is for, and how many it said are ahead. A stream
 * that is opened again says no more than the last event did, so a place does not rise between two
 * streams.
 *
 * @param epoch the life of the line that gave the number
 * @param number the visitor's number
 * @param ahead how many are ahead; {@link Long#MAX_VALUE} if unknown
 */
public record EventId(long epoch, long number, long ahead) {
  /** Three numbers of nineteen digits, and what is between them. */
  private static final int LENGTH_MAX = 59;

  /** What a browser says was the last event it got; null if that is none of ours. */
  public static @Nullable EventId parse(@Nullable String text) {
    if (text == null || text.length() > LENGTH_MAX) {
      return null;
    }
    int first = text.indexOf('-');
    int second = text.indexOf('-', first + 1);
    if (first <= 0 || second < 0) {
      return null;
    }
    try {
      long epoch = Long.parseLong(text.substring(0, first));
      long number = Long.parseLong(text.substring(first + 1, second));
      long ahead = Long.parseLong(text.substring(second + 1));
      return ahead < 0 ? null : new EventId(epoch, number, ahead);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  void write(Ascii out) {
    out.put(epoch).put((byte) '-').put(number).put((byte) '-').put(ahead);
  }
}
