package dev.usher.provision;

import dev.usher.admission.capacity.Headroom;

/**
 * What a number of warm pods bears.
 *
 * @param sessions sessions of one pod
 * @param trust the part of that which is believed
 * @param losses pods whose sudden loss the others must bear
 * @param besides what is not available to sessions, in sessions: requests without a session
 */
record Strength(double sessions, double trust, int losses, double besides) {
  Strength {
    if (!(sessions > 0 && trust > 0 && besides >= 0)) {
      throw new IllegalArgumentException(
          "sessions and trust must be above 0 and besides at least 0 but were "
              + (sessions + ", " + trust + ", " + besides));
    }
  }

  /** Sessions that this many pods bear. */
  double bears(int pods) {
    return Math.max(0, pods * Headroom.of(pods, losses) * trust * sessions - besides);
  }

  /** The fewest pods that bear this many sessions. */
  int toBear(double wanted) {
    if (wanted <= 0) {
      return 0;
    }
    int few = 0;
    int enough = Scaling.PODS_MOST;
    while (enough - few > 1) {
      int middle = (few + enough) / 2;
      // The rounding error of a sum of fractions must not cost a pod.
      if (bears(middle) >= wanted - 1e-6) {
        enough = middle;
      } else {
        few = middle;
      }
    }
    return enough;
  }
}
