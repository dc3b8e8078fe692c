package dev.usher.pods.slots;

import dev.usher.pods.Pod;
import dev.usher.pods.roster.OpenPod;
import dev.usher.pods.roster.OpenPods;
import dev.usher.pods.roster.PodLoad;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The choice of a pod for a request that may go to any. On the path of every request: no lock. */
final class PodChoice {
  private final OpenPods pods;
  private final IntUnaryOperator random;

  /**
   * @param random gives a number below its argument
   */
  PodChoice(OpenPods pods, IntUnaryOperator random) {
    this.pods = pods;
    this.random = random;
  }

  /**
   * Takes a slot on one of the less busy pods. Returns its pod; null if there is none.
   *
   * @param passing whether to leave out pods that somebody waits for
   */
  @Nullable OpenPod take(@Nullable Pod avoid, boolean passing) {
    OpenPod near = takeNear(pods.near(), avoid, passing);
    return near != null ? near : take(pods.all(), avoid, passing);
  }

  /**
   * Prefers a pod in this replica's zone, which is nearer and whose traffic is cheaper. But
   * capacity comes first: only while the pod has no more than half of what it may have.
   */
  private @Nullable OpenPod takeNear(OpenPod[] pods, @Nullable Pod avoid, boolean passing) {
    if (pods.length == 0) {
      return null;
    }
    OpenPod pod = pods[pods.length == 1 ? 0 : random.applyAsInt(pods.length)];
    return !pod.load().isHalfFull() && !passes(pod) && takes(pod, avoid, passing) ? pod : null;
  }

  private @Nullable OpenPod take(OpenPod[] pods, @Nullable Pod avoid, boolean passing) {
    int n = pods.length;
    if (n == 0) {
      return null;
    }
    int start = n == 1 ? 0 : random.applyAsInt(n);
    if (n > 1) {
      // Power of two choices: two random pods, the less busy one. As good as the least busy of all,
      // and several replicas and threads do not all pick the same idle pod.
      int other = (start + 1 + (n == 2 ? 0 : random.applyAsInt(n - 1))) % n;
      boolean busier = pods[start].load().busierThan(pods[other].load());
      int first = busier ? other : start;
      int second = busier ? start : other;
      start = passes(pods[first]) ? second : first;
    }
    for (int i = 0; i < n; i++) {
      OpenPod pod = pods[(start + i) % n];
      if (takes(pod, avoid, passing)) {
        return pod;
      }
    }
    return null;
  }

  private static boolean takes(OpenPod pod, @Nullable Pod avoid, boolean passing) {
    return !pod.pod().equals(avoid) && !(passing && pod.isAwaited()) && pod.load().tryTake();
  }

  /**
   * Whether the pod passes its turn on. A pod that fails fast is never busy, and would for that
   * alone get more requests the worse it is.
   */
  private boolean passes(OpenPod pod) {
    int turns = pod.load().turns();
    return turns < PodLoad.TURNS && random.applyAsInt(PodLoad.TURNS) >= turns;
  }

  /** One of the less busy pods, however busy. */
  @Nullable OpenPod least(@Nullable Pod avoid) {
    OpenPod[] all = pods.all();
    OpenPod least = null;
    int start = all.length < 2 ? 0 : random.applyAsInt(all.length);
    for (int i = 0; i < all.length; i++) {
      OpenPod pod = all[(start + i) % all.length];
      if (!pod.pod().equals(avoid) && (least == null || least.load().busierThan(pod.load()))) {
        least = pod;
      }
    }
    return least;
  }
}
