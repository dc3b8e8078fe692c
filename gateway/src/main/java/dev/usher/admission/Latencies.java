package dev.usher.admission;

import java.util.Arrays;

/**
 * A histogram of how long answers took: their number in each of {@value #BUCKETS} buckets, eight to
 * a doubling, so that a time is known to 9 %. Cheap to count into and to subtract; never changes.
 */
public final class Latencies {
  /** Buckets from 1 µs to beyond an hour. */
  public static final int BUCKETS = 256;

  /** No answer yet. */
  public static final Latencies NONE = new Latencies(new long[BUCKETS]);

  private static final int PER_DOUBLING = 8;

  private final long[] counts;
  private final long count;

  private Latencies(long[] counts) {
    this.counts = counts;
    this.count = Arrays.stream(counts).sum();
  }

  /**
   * Takes a copy of these counts.
   *
   * @param counts one for each bucket
   */
  public static Latencies of(long[] counts) {
    if (counts.length != BUCKETS) {
      throw new IllegalArgumentException(
          "counts must be " + BUCKETS + " long but were " + counts.length);
    }
    return new Latencies(counts.clone());
  }

  /** The bucket of a time: the position of its highest bit, and the three bits after it. */
  public static int bucketOf(long micros) {
    long bounded = Math.max(PER_DOUBLING, micros);
    int shift = 63 - 3 - Long.numberOfLeadingZeros(bounded);
    int bucket = shift * PER_DOUBLING + (int) (bounded >>> shift);
    return Math.min(BUCKETS - 1, bucket);
  }

  /** The shortest time that falls into a bucket, in microseconds. */
  private static double lowest(int bucket) {
    int shift = Math.max(0, bucket / PER_DOUBLING - 1);
    return Math.scalb((double) bucket - shift * PER_DOUBLING, shift);
  }

  /** The number of answers. */
  public long count() {
    return count;
  }

  /** The answers since the earlier counts. */
  public Latencies since(Latencies earlier) {
    long[] newer = new long[BUCKETS];
    Arrays.setAll(newer, i -> Math.max(0, counts[i] - earlier.counts[i]));
    return new Latencies(newer);
  }

  /** The time that half of the answers took at most, in seconds; 0 without answers. */
  public double median() {
    double half = count / 2.0;
    double seen = 0;
    for (int i = 0; i < BUCKETS && count > 0; i++) {
      if (seen + counts[i] >= half && counts[i] > 0) {
        double width = lowest(i + 1) - lowest(i);
        return (lowest(i) + width * (half - seen) / counts[i]) / 1e6;
      }
      seen += counts[i];
    }
    return 0;
  }
}
