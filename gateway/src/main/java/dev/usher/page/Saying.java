package dev.usher.page;

import java.util.function.Function;

/** What the organiser says, prepared once and not for each visitor. */
final class Saying {
  private static final byte[] NOTHING = {};

  private final Function<String, byte[]> how;
  private volatile Prepared last = new Prepared("", NOTHING);

  // Rule zero: nobody compares these, and nobody else has the array.
  @SuppressWarnings("ArrayRecordComponent")
  private record Prepared(String message, byte[] bytes) {}

  Saying(Function<String, byte[]> how) {
    this.how = how;
  }

  /** The message as bytes, none if there is none. On the path of every poll. */
  byte[] bytes(String message) {
    Prepared known = last;
    if (!known.message().equals(message)) {
      known = new Prepared(message, message.isEmpty() ? NOTHING : how.apply(message));
      last = known;
    }
    return known.bytes();
  }
}
