package dev.usher.provision;

import dev.usher.admission.Figures.Advice;
import dev.usher.admission.Learnt;
import org.jspecify.annotations.Nullable;

/**
 * Whether further pods add capacity. Where what they share is full, a database as a rule, each pod
 * that comes takes from the others what it adds, and asking for ever more would only cost. It is
 * told by cuts of the correction: at more pods no more may be left than there was at fewer.
 */
final class Gain {
  /** So many times as many pods must show it: fewer are within what measurements are off by. */
  private static final double MORE_PODS = 1.25;

  /** And so much must they bear together at least, as a multiple of what fewer bore. */
  private static final double MORE_BORNE = 1.1;

  /** What a cut found is read until the next one would be due. */
  private static final double CUT_SECONDS = 15;

  /** What is not cut any further for so long is what they bear. */
  private static final double HELD_SECONDS = 60;

  /** So long after the last cut more pods are tried again. */
  private static final double TRY_AGAIN_SECONDS = 600;

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private @Nullable Found few;
  private @Nullable Found more;
  private int limit = NO_LIMIT;

  /** What was left after the cuts at so many pods, in pods as declared. */
  private record Found(int pods, double left) {}

  /**
   * Sees how it stands now.
   *
   * @param ready pods that are ready
   * @param learnt what their answers taught
   */
  void see(int ready, Learnt learnt, Advice advice) {
    if (learnt.cause() == Learnt.Cause.NONE || learnt.sinceCutSeconds() > TRY_AGAIN_SECONDS) {
      few = null;
      more = null;
      limit = NO_LIMIT;
    }
    if (ready == 0) {
      return;
    }
    if (advice == Advice.PODS_ADD_NO_CAPACITY) {
      limit = Math.min(limit, ready);
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

  /** Whether the correction is below 1 because the pods were seen to be slow or to fail. */
  static boolean isMeasured(Learnt learnt) {
    return learnt.cause() == Learnt.Cause.LATENCY || learnt.cause() == Learnt.Cause.ERRORS;
  }

  /** More pods than these add nothing, as far as is known. */
  int limit() {
    return limit;
  }
}
