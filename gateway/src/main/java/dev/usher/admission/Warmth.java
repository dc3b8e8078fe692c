package dev.usher.admission;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How warm each pod is, by its age and by its work: a JVM compiles hot code after calls, not after
 * seconds. It only rises, until the pod starts anew.
 */
final class Warmth {
  /** So many times its warm-up, healthy: loaded, if not compiled. An idle room begins from here. */
  private static final int LOADED_AFTER = 5;

  private static final double LOADED = 0.5;

  /** A replica that sees little of the traffic cannot tell how much work a pod did. */
  private static final double SHARE_LEAST = 0.1;

  private Tuning tuning;
  private final Map<String, Reached> reached = new HashMap<>();

  private record Reached(int life, double warmth) {}

  Warmth(Tuning tuning) {
    this.tuning = tuning;
  }

  /** Whoever was as warm as that already stays so. */
  void take(Tuning changed) {
    tuning = changed;
  }

  /** The warmth of each pod, in their order; 0 for those that are not ready. */
  double[] of(List<PodSample> pods, double share) {
    double[] warmth = new double[pods.size()];
    for (int i = 0; i < warmth.length; i++) {
      warmth[i] = of(pods.get(i), share);
    }
    if (reached.size() > 2 * pods.size()) {
      reached.keySet().retainAll(pods.stream().map(PodSample::pod).toList());
    }
    return warmth;
  }

  private double of(PodSample pod, double share) {
    if (!pod.ready()) {
      return 0;
    }
    Reached before = reached.get(pod.pod());
    double was = before == null || before.life() != pod.life() ? 0 : before.warmth();
    double is = Math.max(was, reckoned(pod, share));
    if (is > was) {
      reached.put(pod.pod(), new Reached(pod.life(), is));
    }
    return is;
  }

  private double reckoned(PodSample pod, double share) {
    double aged = part((double) pod.age(), (double) tuning.warmUpMillis());
    double worked = part(pod.served() / Math.max(SHARE_LEAST, share), tuning.warmUpRequests());
    if (pod.warmed() || (aged >= 1 && worked >= 1)) {
      return 1;
    }
    double warmth = tuning.coldShare() + (1 - tuning.coldShare()) * Math.min(aged, worked);
    return pod.age() >= LOADED_AFTER * tuning.warmUpMillis() ? Math.max(LOADED, warmth) : warmth;
  }

  private static double part(double done, double whole) {
    return whole <= 0 ? 1 : Math.min(1, done / whole);
  }
}
