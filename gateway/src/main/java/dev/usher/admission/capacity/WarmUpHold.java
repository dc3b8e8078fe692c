package dev.usher.admission.capacity;

import dev.usher.admission.PodSample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which cold pods are called by Usher itself, and which of them get no visitors meanwhile. Only the
 * leader calls, so only it knows how far a pod has come; the others read from its word, the warmth
 * in the store, whether a pod is held: then that is 0.
 */
final class WarmUpHold {
  /**
   * How long a pod that visitors need is not held again. By then the leader's word says that it has
   * a warmth, and who has one is never held.
   */
  private static final long NEEDED_MILLIS = 5000;

  private Tuning tuning;
  private final Map<String, One> known = new HashMap<>();

  /** Whether any pod is held of those that there are; one that has left is no reason any more. */
  private boolean holds;

  /** One life of a pod. */
  private static final class One {
    private final int life;

    /** Whether it has had visitors, or need not be warmed. */
    private boolean open;

    private long neededUntil = Long.MIN_VALUE;
    private boolean held;
    private double warm;

    private One(int life) {
      this.life = life;
    }
  }

  WarmUpHold(Tuning tuning) {
    this.tuning = tuning;
  }

  void reconfigure(Tuning changed) {
    tuning = changed;
  }

  /**
   * The warmth of each pod as far as visitors may use it: 0 for a pod that is held.
   *
   * @param warm how warm each is, in their order
   */
  double[] of(long now, List<PodSample> pods, double[] warm) {
    holds = false;
    if (tuning.callShare() == 0) {
      known.clear();
      return warm;
    }
    if (known.size() > 2 * pods.size()) {
      known
          .keySet()
          .retainAll(pods.stream().map(PodSample::pod).collect(Collectors.toUnmodifiableSet()));
    }
    double[] usable = warm.clone();
    for (int i = 0; i < warm.length; i++) {
      PodSample pod = pods.get(i);
      One one = one(pod, warm[i]);
      one.warm = warm[i];
      one.open |= pod.warmth() > 0 || (pod.calls().still() && warm[i] >= 1);
      one.held = pod.ready() && !one.open && now >= one.neededUntil && isDue(pod);
      if (one.held) {
        holds = true;
        usable[i] = 0;
      }
    }
    return usable;
  }

  private One one(PodSample pod, double warm) {
    One one = known.get(pod.pod());
    if (one == null || one.life != pod.life().number()) {
      one = new One(pod.life().number());
      // Who is warm at first sight was serving before anybody looked.
      one.open = warm >= 1;
      known.put(pod.pod(), one);
    }
    return one;
  }

  private boolean isDue(PodSample pod) {
    return pod.age() < tuning.callMillis() && !pod.calls().givenUp();
  }

  /** Whether any pod is held. */
  boolean any() {
    return holds;
  }

  /**
   * Whether visitors need what is held: who is inside must be served, and half-warm pods are better
   * than none, or than too few. If so, none is held for a while.
   *
   * @param open the pods that are not held
   * @param free sessions that all of these can carry, with nothing kept for the loss of one, beyond
   *     those there are
   */
  boolean isTooMuch(long now, Fleet open, double free) {
    boolean needed = any() && (open.ready() == 0 || free < 0);
    if (needed) {
      release(now);
    }
    return needed;
  }

  private void release(long now) {
    holds = false;
    known.values().stream()
        .filter(one -> one.held)
        .forEach(
            one -> {
              one.neededUntil = now + NEEDED_MILLIS;
              one.held = false;
            });
  }

  /**
   * Calls a second that warm the pod; 0 for none.
   *
   * @param requests requests a second that it bears when warm
   */
  double calls(PodSample pod, double requests) {
    One one = known.get(pod.pod());
    boolean cold = one != null && (one.held || (one.warm > 0 && one.warm < 1));
    return cold && pod.ready() && isDue(pod) ? tuning.callShare() * requests : 0;
  }
}
