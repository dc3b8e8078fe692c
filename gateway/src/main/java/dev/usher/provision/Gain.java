package dev.usher.provision;

import dev.usher.admission.Figures.Advice;
import dev.usher.admission.Learnt;
import org.jspecify.annotations.Nullable;

/**
 * Whether further pods add capacity. If something that they share is full, usually a database, each
 * new pod takes from the others what it adds, and asking for more would only cost. Cuts of the
 * correction show it: with more pods no more is left than with fewer.
 */
final class Gain {
  /**
   * How many times as many pods must show it: a smaller difference is within the error of
   * measurement.
   */
  private static final double MORE_PODS = 1.25;

  /** The least that they must bear together, as a multiple of what fewer pods bore. */
  private static final double MORE_BORNE = 1.1;

  /** Time for which a cut's result is read, until the next cut would be due. */
  private static final double CUT_SECONDS = 15;

  /** What is not cut any further for this long is what the pods bear. */
  private static final double HELD_SECONDS = 60;

  /** Time after the last cut at which more pods are tried again. */
  private static final double TRY_AGAIN_SECONDS = 600;

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private @Nullable Found few;
  private @Nullable Found more;
  private int limit;

  /** What was left after the cuts with this many pods, in pods as declared. */
  private record Found(int pods, double left) {}

  /** Goes on from what the last leader wrote; null if nothing is known of one. */
  Gain(@Nullable Desired before) {
    limit =
        before != null && before.reason() == Desired.Reason.PODS_ADD_NO_CAPACITY
            ? before.needed()
            : NO_LIMIT;
  }

  /**
   * Takes in the current state.
   *
   * @param ready pods that are ready
   * @param known pods that exist: when all of them jam, some are unready for a moment
   * @param learnt what their answers taught
   */
  void see(int ready, int known, Learnt learnt, Advice advice) {
    if (learnt.cause() == Learnt.Cause.NONE || learnt.sinceCutSeconds() > TRY_AGAIN_SECONDS) {
      few = null;
      more = null;
      limit = NO_LIMIT;
    }
    if (ready == 0) {
      return;
    }
    if (advice == Advice.PODS_ADD_NO_CAPACITY) {
      limit = Math.min(limit, known);
    }
    boolean cut = isMeasured(learnt) && learnt.sinceCutSeconds() < CUT_SECONDS;
    if (cut) {
      find(new Found(ready, ready * learnt.correction()));
    } else if (more != null && learnt.sinceCutSeconds() > HELD_SECONDS) {
      few = more; // They bear more than the fewer did.
      more = null;
    }
  }

  private void find(Found now) {
    Found before = few;
    if (before == null || now.pods() <= MORE_PODS * before.pods()) {
      few =
          new Found(before == null ? now.pods() : Math.min(before.pods(), now.pods()), now.left());
    } else if (now.left() <= MORE_BORNE * before.left()) {
      limit = Math.min(limit, now.pods());
    } else {
      more = now;
    }
  }

  /** Whether the correction is below 1 because the pods were measured to be slow or to fail. */
  static boolean isMeasured(Learnt learnt) {
    return learnt.cause() == Learnt.Cause.LATENCY || learnt.cause() == Learnt.Cause.ERRORS;
  }

  /** The number beyond which more pods add nothing, as far as is known. */
  int limit() {
    return limit;
  }
}
