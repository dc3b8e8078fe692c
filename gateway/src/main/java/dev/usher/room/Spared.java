package dev.usher.room;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What guarding would have done to the requests of a room that only watches, since the start. */
public final class Spared {
  private final Map<What, LongAdder> counts = new EnumMap<>(What.class);

  /** What would have been done. Its name in small letters is the metric's label. */
  public enum What {
    /** A request that shows no pass and takes no number is refused. */
    NOT_JOINED,
    /** Too many join from the visitor's address at once, who is asked to try again. */
    TOO_MANY_JOIN,
    /** The pass is used from many networks, and the room refuses such: the request is refused. */
    PASS_SHARED,
    /** Every pod has as many requests as it may: the request waits for a slot. */
    NO_SLOT,
    /** The session has as many requests on their way as it may: the request waits for them. */
    TOO_MANY_AT_ONCE,
    /** The address has, outside the rooms: the request waits for its others. */
    TOO_MANY_FROM_ADDRESS,
    /** What has no session has a tenth of the slots already: the request waits for others of it. */
    TOO_MANY_STRANGERS,
    /** Streams hold as much as they may: the stream is refused. */
    STREAMS_FULL
  }

  Spared() {
    for (What what : What.values()) {
      counts.put(what, new LongAdder());
    }
  }

  /** It would have been done once more. */
  public void count(What what) {
    of(what).increment();
  }

  /** How often it would have been done. */
  public long times(What what) {
    return of(what).sum();
  }

  private LongAdder of(What what) {
    return Objects.requireNonNull(counts.get(what));
  }
}
