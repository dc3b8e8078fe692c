package dev.usher.cli.drill.crowd;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A check whether anybody is overtaken: told to wait although a higher number was called well
 * before. Visitors ask at different times, so who learns of their call first means nothing by
 * itself.
 */
public final class CallOrder {
  /** Replicas learn of calls some 200 ms late; a second is more than any of them needs. */
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Called(long number, long at) {}

  private final Deque<Called> recent = new ArrayDeque<>();
  private long highest = TicketNumber.UNKNOWN;
  private long settled = TicketNumber.UNKNOWN;

  /** Notes that this number was told that it is called. */
  synchronized void called(long number, long now) {
    if (number > highest) {
      highest = number;
      recent.add(new Called(number, now));
    }
  }

  /**
   * Notes that this number was told to wait. Returns whether somebody behind it had been called
   * before.
   */
  synchronized boolean overtaken(long number, long now) {
    @Nullable Called oldest = recent.peek();
    while (oldest != null && now - oldest.at > LATE_NANOS) {
      settled = oldest.number;
      recent.remove();
      oldest = recent.peek();
    }
    return number != TicketNumber.UNKNOWN && number < settled;
  }
}
