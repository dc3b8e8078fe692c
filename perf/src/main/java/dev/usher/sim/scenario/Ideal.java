package dev.usher.sim.scenario;

import dev.usher.sim.plant.Nature;

/** How soon everyone could be in at best, if everything were known. */
final class Ideal {
  private static final double STEP_SECONDS = 0.05;
  private static final double LONGEST_SECONDS = 36_000;

  private final Nature nature;
  private final double pods;

  /**
   * For these pods.
   *
   * @param used how many of them may be used, not counting what is kept free
   */
  Ideal(Nature nature, double used) {
    this.nature = nature;
    this.pods = used;
  }

  private double capacity() {
    return pods * nature.sessionsPerPod();
  }

  /** Seconds to admit this many, if the room is full from the first moment; 0 if all fit in. */
  double seconds(double visitors) {
    return Math.max(0, visitors - capacity()) * nature.holdSeconds() / capacity();
  }

  /** The same, if the first pages of those who come in must be served too. */
  double secondsWithFirstPages(double visitors) {
    double first = nature.firstPages();
    double later = nature.pages() / nature.holdSeconds();
    double sessions = 0;
    double left = visitors;
    double at = 0;
    while (left > 0 && at < LONGEST_SECONDS) {
      double ending = sessions * STEP_SECONDS / nature.holdSeconds();
      double spare = pods * nature.requestsPerSecond() - sessions * later;
      double paid = Math.max(0, spare) * STEP_SECONDS / first;
      double admitted = Math.min(left, Math.min(paid, capacity() - sessions + ending));
      sessions += admitted - ending;
      left -= admitted;
      at += STEP_SECONDS;
    }
    return at;
  }
}
