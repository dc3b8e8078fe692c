package dev.usher.room;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of what guarding would have done to the requests of a room that only watches, since the
 * start.
 */
public final class Spared {
  private final Map<What, LongAdder> counts = new EnumMap<>(What.class);

  /** What would have been done. Its name in lower case is the metric's label. */
  public enum What {
    /** A request that shows no pass and takes no number would be refused. */
    NOT_JOINED,
    /**
     * Too many join from the visitor's address at once: the visitor would be asked to try again.
     */
    TOO_MANY_JOIN,
    /** The same of the visitor's network. */
    TOO_MANY_OF_NETWORK,
    /**
     * The pass is used from many networks, and the room refuses such passes: the request would be
     * refused.
     */
    PASS_SHARED,
    /** No ready pod has room for one more request: the request would wait for a slot. */
    NO_SLOT,
    /** The session has as many requests on their way as it may: the request would wait for them. */
    TOO_MANY_AT_ONCE,
    /**
     * Outside the rooms, the address has as many requests on their way as it may: the request would
     * wait for them.
     */
    TOO_MANY_FROM_ADDRESS,
    /**
     * Requests without a session already have a tenth of the slots: the request would wait for the
     * others.
     */
    TOO_MANY_STRANGERS,
    /** Streams hold as many slots as they may: the stream would be refused. */
    STREAMS_FULL
  }

  Spared() {
    for (What what : What.values()) {
      counts.put(what, new LongAdder());
    }
  }

  /** Counts one more request to which it would have been done. */
  public void count(What what) {
    of(what).increment();
  }

  /** Counts one more request that would have been turned away for this reason. */
  public void count(Decision.Why why) {
    count(What.valueOf(why.name()));
  }

  /** How often it would have been done. */
  public long times(What what) {
    return of(what).sum();
  }

  private LongAdder of(What what) {
    return Objects.requireNonNull(counts.get(what));
  }
}
