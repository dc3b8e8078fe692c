package dev.usher.cli.drill.crowd;

import org.HdrHistogram.Histogram;

/**
 * A distribution in milliseconds.
 *
 * @param count how many were measured; if 0, the rest means nothing
 * @param p50 half were at most this
 * @param p99 99 of 100 were at most this
 * @param max the longest
 */
public record Percentiles(long count, double p50, double p99, double max) {
  static Percentiles of(Histogram micros) {
    return new Percentiles(
        micros.getTotalCount(),
        micros.getValueAtPercentile(50) / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0,
        micros.getMaxValue() / 1000.0);
  }
}
