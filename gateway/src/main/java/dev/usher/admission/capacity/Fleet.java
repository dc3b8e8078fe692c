package dev.usher.admission.capacity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The ready pods taken together.
 *
 * @param ready how many
 * @param warm how many, each counted by its warmth
 * @param strength the same, each counted by what it bears besides, where that is not as any other
 * @param headroom the share of their capacity that is used
 * @param pods each of them
 */
record Fleet(int ready, double warm, double strength, double headroom, List<One> pods) {
  private static final double WARM = 0.95;

  /** Nothing is learnt of how much pods bear while they are colder. */
  private static final double WARM_ENOUGH = 0.8;

  /**
   * One pod.
   *
   * @param warmth how warm it is
   * @param strength what it bears when warm, as a share of what a pod does as a rule
   */
  record One(double warmth, double strength) {}

  Fleet {
    pods = List.copyOf(pods);
  }

  /**
   * @param strengths what each bears when warm, as a share of what a pod does as a rule
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
   * How many warm pods' declared work may be used. That what was declared is trusted by a part m
   * only, and that a pod is warm by a part w only, are doubts of one thing: their product would
   * count it twice. So 1/m and 1/w - 1 are added: it is about w while the pod is cold, and m when
   * it is warm.
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
