package dev.usher.admission.capacity;

import dev.usher.admission.PodSample;
import dev.usher.admission.PodsSeen;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What to believe of the pods when nothing new is heard of them: for a few seconds the last word,
 * then that no pods came, then that there is less and less capacity, down to a safe part of it.
 * Never that all is well.
 */
final class SignalTrust {
  /** Time after the last word from which on pods may only go. */
  static final long STALE_MILLIS = 5000;

  /** Time after the last word at which capacity begins to shrink. */
  private static final long OLD_MILLIS = 30_000;

  /** Time in which it shrinks by a tenth. */
  private static final double TENTH_MILLIS = 10_000;

  private static final double SAFE = 0.5;

  private final Set<String> known = new HashSet<>();
  private double fresh;

  /** The pods as they may be believed to be. */
  List<PodSample> believed(PodsSeen seen) {
    if (!isStale(seen)) {
      known.clear();
      seen.pods().stream().filter(PodSample::ready).forEach(pod -> known.add(pod.pod()));
      return seen.pods();
    }
    return seen.pods().stream().map(this::onlyIfKnown).toList();
  }

  private PodSample onlyIfKnown(PodSample pod) {
    return known.contains(pod.pod()) ? pod : pod.unready();
  }

  /** The capacity that may be believed. */
  double capacity(PodsSeen seen, double reckoned) {
    if (!isStale(seen)) {
      fresh = reckoned;
      return reckoned;
    }
    double old = Math.max(0, seen.silence() - OLD_MILLIS) / TENTH_MILLIS;
    double shrunk = fresh * Math.max(SAFE, Math.pow(0.9, old));
    return Math.min(reckoned, shrunk);
  }

  static boolean isStale(PodsSeen seen) {
    return seen.silence() > STALE_MILLIS || seen.doubted();
  }
}
