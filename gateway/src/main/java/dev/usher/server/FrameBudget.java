package dev.usher.server;

import dev.usher.server.ConnectionObserver.Reason;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The budget of frames of each kind that one HTTP/2 connection may send in ten seconds. A frame of
 * nine bytes can cost an answer, a stream or a look-up, and all of that is done on a loop that
 * serves others.
 */
final class FrameBudget {
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int END_STREAM = 1;
  private static final int ACK = 1;

  /** A data frame smaller than this carries next to nothing. */
  private static final int SMALL_DATA = 64;

  /** Kinds of frames, each with ten times what the busiest honest client was found to need. */
  private enum Kind {
    /** A visitor who leaves a page of two hundred pictures resets them all at once. */
    RESETS(Reason.HTTP2_RESETS, 200),
    /** Opened and reset within one read, so that nothing else bounds the work. */
    EARLY_RESETS(Reason.HTTP2_RESETS, 50),
    SETTINGS(Reason.HTTP2_SETTINGS, 20),
    /** Some clients measure the connection with a ping in each round trip. */
    PINGS(Reason.HTTP2_PINGS, 1_000),
    PRIORITIES(Reason.HTTP2_PRIORITIES, 1_000),
    /** At worst, one for every few kilobytes of an answer. */
    WINDOW_UPDATES(Reason.HTTP2_WINDOW_UPDATES, 100_000),
    EMPTY(Reason.HTTP2_EMPTY, 100),
    SMALL(Reason.HTTP2_SMALL_DATA, 50_000),
    CONTINUATIONS(Reason.HTTP2_CONTINUATIONS, 500),
    /** A proxy in front may bring everybody's requests over one connection. */
    STREAMS(Reason.HTTP2_STREAMS, 100_000),
    UNKNOWN(Reason.HTTP2_UNKNOWN, 1_000);

    private final Reason reason;
    private final int max;

    Kind(Reason reason, int max) {
      this.reason = reason;
      this.max = max;
    }
  }

  private final int[] counts = new int[Kind.values().length];
  private long windowBegan = System.nanoTime();

  /** Starts the counts over when the ten seconds have passed. Must be told the time once a read. */
  void timeIs(long nanos) {
    if (nanos - windowBegan >= WINDOW_NANOS) {
      windowBegan = nanos;
      Arrays.fill(counts, 0);
    }
  }

  /** Counts a frame. Returns the limit it exceeds, or null. */
  @Nullable Reason take(int type, int flags, int length) {
    Kind kind = kind(type, flags, length);
    return kind == null ? null : count(kind);
  }

  /** Counts a stream that was reset in the same read in which it was opened. */
  @Nullable Reason takeEarlyReset() {
    return count(Kind.EARLY_RESETS);
  }

  @SuppressWarnings("EnumOrdinal") // an index of counts; a map would make an object of each number
  private @Nullable Reason count(Kind kind) {
    return ++counts[kind.ordinal()] > kind.max ? kind.reason : null;
  }

  private static @Nullable Kind kind(int type, int flags, int length) {
    return switch (type) {
      case 0 -> data(flags, length);
      case 1 -> length == 0 ? Kind.EMPTY : Kind.STREAMS;
      case 2 -> Kind.PRIORITIES;
      case 3 -> Kind.RESETS;
      case 4 -> (flags & ACK) == 0 ? Kind.SETTINGS : Kind.PINGS;
      case 6 -> Kind.PINGS;
      case 8 -> Kind.WINDOW_UPDATES;
      case 9 -> length == 0 ? Kind.EMPTY : Kind.CONTINUATIONS;
      default -> Kind.UNKNOWN;
    };
  }

  private static @Nullable Kind data(int flags, int length) {
    if ((flags & END_STREAM) != 0 || length >= SMALL_DATA) {
      return null;
    }
    return length == 0 ? Kind.EMPTY : Kind.SMALL;
  }
}
