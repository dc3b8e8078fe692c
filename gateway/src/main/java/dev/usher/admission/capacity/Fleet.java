package dev.usher.admission.capacity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The ready pods taken together.
 *
 * @param ready their number
 * @param warm their number, each counted by its warmth
 * @param strength their number, each counted by its warmth and by what it bears compared with other
 *     pods
 * @param headroom the share of their capacity that is used
 * @param pods each of them
 */
record Fleet(int ready, double warm, double strength, double headroom, List<One> pods) {
  private static final double WARM = 0.95;

  /** Nothing is learnt about how much pods bear while they are colder than this. */
  private static final double WARM_ENOUGH = 0.8;

  /**
   * One pod.
   *
   * @param warmth how warm it is
   * @param strength what it bears when warm, as a share of what pods normally bear
   */
  record One(double warmth, double strength) {}

  Fleet {
    pods = List.copyOf(pods);
  }

  /**
   * @param strengths what each bears when warm, as a share of what pods normally bear
   */
  static Fleet of(double[] warmth, double[] strengths, int losses) {
    List<One> pods = new ArrayList<>(warmth.length);
    for (int i = 0; i < warmth.length; i++) {
      pods.add(new One(warmth[i], strengths[i]));
    }
    int ready = (int) pods.stream().filter(pod -> pod.warmth() > 0).count();
    return new Fleet(
        ready,
        Arrays.stream(warmth).sum(),
        pods.stream().mapToDouble(pod -> pod.warmth() * pod.strength()).sum(),
        Headroom.of(ready, losses),
        pods);
  }

  /**
   * The number of warm pods whose declared work may be used. That only a part m of the declared is
   * trusted, and that a pod is only a part w warm, are doubts about one thing: their product would
   * count it twice. So 1/m and 1/w - 1 are added: the result is about w while the pod is cold, and
   * m when it is warm.
   *
   * @param trust the share of what was declared that is trusted of warm pods
   */
  double usable(double trust) {
    return pods.stream().mapToDouble(pod -> pod.strength() * doubted(trust, pod.warmth())).sum();
  }

  private static double doubted(double m, double w) {
    return w <= 0 || m <= 0 ? 0 : m * w / (w + (1 - w) * m);
  }

  boolean isWarm() {
    return warm >= WARM * ready;
  }

  boolean isWarmEnoughToLearn() {
    return warm >= WARM_ENOUGH * ready;
  }
}
