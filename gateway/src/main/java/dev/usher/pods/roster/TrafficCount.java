package dev.usher.pods.roster;

import dev.usher.admission.Latencies;
import dev.usher.admission.Traffic;
import dev.usher.pods.RequestClass;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts of requests to all pods of one upstream, and of their answers. On the path of every
 * request: locks nothing and allocates nothing.
 */
public final class TrafficCount {
  private final LongAdder first = new LongAdder();
  private final LongAdder settled = new LongAdder();
  private final LongAdder roomless = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final AtomicLongArray answers = new AtomicLongArray(Latencies.BUCKETS);

  public void arrived(RequestClass kind) {
    switch (kind) {
      case FIRST -> first.increment();
      case SETTLED -> settled.increment();
      case ROOMLESS -> roomless.increment();
      case LONG -> {}
    }
  }

  /** Notes that a request was given to a pod and its answer is awaited. */
  public void asked() {
    unanswered.increment();
  }

  /** Notes that an answer is no longer awaited. */
  public void awaitedNoMore() {
    unanswered.decrement();
  }

  /** Notes that the answer begins. */
  public void answered(long micros) {
    answers.incrementAndGet(Latencies.bucketOf(micros));
  }

  public void failed() {
    errors.increment();
  }

  /**
   * All counts as they are now.
   *
   * @param parts each pod's part of them
   */
  public Traffic with(Collection<Traffic.Part> parts) {
    return new Traffic(
        first.sum(),
        settled.sum(),
        roomless.sum(),
        errors.sum(),
        latencies(answers),
        (int) Math.max(0, unanswered.sum()),
        parts.stream().mapToDouble(Traffic.Part::saturation).max().orElse(0));
  }

  /** A copy of the counts by bucket. */
  static Latencies latencies(AtomicLongArray buckets) {
    long[] counts = new long[Latencies.BUCKETS];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = buckets.get(i);
    }
    return Latencies.of(counts);
  }
}
