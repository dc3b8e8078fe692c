package dev.usher.edge.stream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The streams of this replica: how many there may be, and what became of them. Safe for any thread.
 */
public final class Streams {
  /** So few are told of what is new in next to no time, whatever the limit is. */
  private static final int FEW = 10;

  private final int max;
  private final AtomicInteger open = new AtomicInteger();
  private final TicketStreams tickets;
  private final LongAdder dropped = new LongAdder();
  private final LongAdder shed = new LongAdder();

  /**
   * A stream keeps its connection from making room for others, so a quarter of all connections is
   * left to those who come, ask and go.
   *
   * @param max how many streams there may be
   * @param connections how many connections of visitors there may be
   */
  public Streams(int max, int connections) {
    this.max = Math.min(max, connections - connections / 4);
    this.tickets = new TicketStreams(this.max);
  }

  /**
   * Counts a stream that is to be opened.
   *
   * @return its seat among those of its ticket; {@link TicketStreams#NONE} if there is no room
   */
  long enter(int ticket) {
    long seat = open.incrementAndGet() <= max ? tickets.enter(ticket) : TicketStreams.NONE;
    if (seat == TicketStreams.NONE) {
      open.decrementAndGet();
    }
    return seat;
  }

  void left(long seat) {
    tickets.leave(seat);
    open.decrementAndGet();
  }

  /** Whether its ticket has too many, and enough of them are newer. */
  boolean isOneTooMany(long seat) {
    return tickets.isOneTooMany(seat);
  }

  /** Whether there are so few that it is not they who keep a loop from being in time. */
  boolean areFew() {
    return open.get() <= Math.max(FEW, max / 10);
  }

  void oneDropped() {
    dropped.increment();
  }

  void oneShed() {
    shed.increment();
  }

  /** Streams that are open now. */
  public int open() {
    return open.get();
  }

  /** Streams that were cut off because nobody read them. */
  public long dropped() {
    return dropped.sum();
  }

  /** Streams that were refused, or ended, so that their visitors ask instead. */
  public long shed() {
    return shed.sum();
  }
}
