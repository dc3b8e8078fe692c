package dev.usher.cli.demo;

import dev.usher.cli.drill.Moment;
import dev.usher.cli.drill.Outcome;
import dev.usher.cli.drill.crowd.Count;

/**
 * One column of the closing table.
 *
 * @param outcome what the visitors saw
 * @param podsDied how often a pod died
 * @param outOfMemory how many of these deaths were by OutOfMemoryError
 * @param inFlightMax most requests at once on one pod, as the pods counted
 * @param podP99 the slower pod's own p99 in milliseconds, below 0 if none could be asked
 */
record Side(Outcome outcome, int podsDied, int outOfMemory, long inFlightMax, double podP99) {
  long answered() {
    return outcome.end().of(Count.ANSWERED);
  }

  long sessionsMax() {
    return outcome.course().stream()
        .map(Moment::ops)
        .mapToLong(ops -> ops == null ? 0 : ops.sessions())
        .max()
        .orElse(0);
  }

  long capacityMax() {
    return outcome.course().stream()
        .map(Moment::ops)
        .mapToLong(ops -> ops == null ? 0 : ops.capacity())
        .max()
        .orElse(0);
  }
}
