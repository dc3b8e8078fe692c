package dev.usher.capacity;

import dev.usher.admission.Latencies;
import dev.usher.admission.Traffic;
import dev.usher.room.RequestClass;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests to all pods of one upstream and their answers. On the path of every request:
 * it locks nothing and allocates nothing.
 */
final class TrafficCount {
  /** What a pod said of itself longer ago says nothing of now. */
  private static final long SATURATION_MILLIS = 2000;

  private final LongAdder first = new LongAdder();
  private final LongAdder settled = new LongAdder();
  private final LongAdder roomless = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final AtomicLongArray answers = new AtomicLongArray(Latencies.BUCKETS);

  /** Highest since the last look, as bits: those of numbers from 0 on are in the same order. */
  private final AtomicLong saturation = new AtomicLong();

  /** Confined to who looks. */
  private final Deque<Said> said = new ArrayDeque<>();

  private record Said(long now, double saturation) {}

  void arrived(RequestClass kind) {
    switch (kind) {
      case FIRST -> first.increment();
      case SETTLED -> settled.increment();
      case ROOMLESS -> roomless.increment();
      case LONG -> {}
    }
  }

  /** A request was given to a pod, and its answer is awaited. */
  void asked() {
    unanswered.increment();
  }

  /** It is awaited no more. */
  void awaitedNoMore() {
    unanswered.decrement();
  }

  /** The answer begins. */
  void answered(long micros) {
    answers.incrementAndGet(Latencies.bucketOf(micros));
  }

  void failed() {
    errors.increment();
  }

  void saturated(double said) {
    long bits = Double.doubleToRawLongBits(said);
    if (said > 0 && bits > saturation.get()) {
      saturation.accumulateAndGet(bits, Math::max);
    }
  }

  /** All counts as they are now. To be asked by one thread at a time. */
  Traffic at(long now) {
    return new Traffic(
        first.sum(),
        settled.sum(),
        roomless.sum(),
        errors.sum(),
        latencies(answers),
        (int) Math.max(0, unanswered.sum()),
        saturationAt(now));
  }

  /** A copy of counts by bucket. */
  static Latencies latencies(AtomicLongArray buckets) {
    long[] counts = new long[Latencies.BUCKETS];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = buckets.get(i);
    }
    return Latencies.of(counts);
  }

  private double saturationAt(long now) {
    double fresh = Double.longBitsToDouble(saturation.getAndSet(0));
    if (fresh > 0) {
      said.addLast(new Said(now, fresh));
    }
    said.removeIf(old -> now - old.now() > SATURATION_MILLIS);
    return said.stream().mapToDouble(Said::saturation).max().orElse(0);
  }
}
