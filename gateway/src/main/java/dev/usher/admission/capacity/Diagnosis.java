package dev.usher.admission.capacity;

import dev.usher.admission.PodSample;
import dev.usher.admission.PodSample.Done;
import dev.usher.admission.Traffic;
import dev.usher.admission.capacity.Outliers.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The diagnosis of pods that are slow or fail while most are well: it is they that need mending,
 * and nothing is wrong with what is declared for all. Each of them is then trusted with less, and
 * with more again as it answers well.
 */
final class Diagnosis {
  private static final long STEP_MILLIS = 1000;

  /**
   * Windows that are looked at, in steps: what is very bad shows at once, what is less bad later.
   */
  private static final int[] WINDOWS = {1, 2, 5, 20};

  private static final int STEPS = 20;

  /** Time in which a pod whose trust was changed shows what it does with it. */
  private static final long FALL_AGAIN_MILLIS = 2000;

  private static final long RISE_AGAIN_MILLIS = 3000;

  /** Time after which a pod that is asked too little to judge is asked more. */
  private static final long RISE_UNSEEN_MILLIS = 20_000;

  private static final double FALL = 0.5;
  private static final double RISE = 1.4;

  /** A pod has to be asked now and then, or nothing would show that it is well again. */
  private static final double TRUST_LEAST = 0.1;

  /** One failure may be chance. */
  private static final int FAILED_LEAST = 2;

  /** For one step, more pods may be ill than well by chance. */
  private static final int CROWDED_STEPS = 3;

  /**
   * The late share of a pod that takes four times as long: one that is half as fast as others is
   * not ill.
   */
  private static final double LATE_ILL = 0.9;

  /**
   * By how many standard deviations a pod must be worse: fewer for failures, which are less often
   * chance than late answers.
   */
  private static final double SURE_OF_FAILED = 3;

  private static final double SURE_OF_LATE = 4;

  private final Map<String, Past> pasts = new HashMap<>();
  private long steppedAt = Long.MIN_VALUE / 2;
  private int crowded;
  private List<String> doubted = List.of();
  private List<String> ill = List.of();

  /** One life of a pod: what it did, step by step, and how far it is trusted. */
  private static final class Past {
    private final PodSample.Life life;

    /** The newest step first. */
    private final Deque<Done> steps = new ArrayDeque<>();

    /**
     * Whether the pod is warm. A cold one is slow because it is cold, and no worse than it should
     * be.
     */
    private boolean warm;

    private boolean ready;

    /** How full the pod says it is. */
    private double full;

    private double trust = 1;
    private long changedAt;

    /** Since when the pod has been trusted with less. */
    private long illSince;

    private Past(PodSample.Life life) {
      this.life = life;
    }

    private void note(PodSample pod, boolean isWarm, double saturation) {
      ready = pod.ready();
      warm = isWarm;
      full = saturation;
      steps.addFirst(pod.done());
      if (steps.size() > STEPS + 1) {
        steps.removeLast();
      }
    }

    /** What the pod did in the last so many steps, or in as many as are remembered. */
    private Done within(int count) {
      Done then = steps.getFirst();
      int left = count;
      for (Done step : steps) {
        then = step;
        if (left-- == 0) {
          break;
        }
      }
      return steps.getFirst().since(then);
    }

    private void trust(long now, double changed) {
      illSince = trust >= 1 ? now : illSince;
      trust = Math.min(1, Math.max(TRUST_LEAST, changed));
      changedAt = now;
      // What it did with another trust says nothing about what it does with this one.
      while (steps.size() > 1) {
        steps.removeLast();
      }
    }

    /** Trusts the pod with less while it is bad, and with more when it is well. */
    private void follow(long now) {
      Done lately = within(STEPS);
      long since = now - changedAt;
      boolean seen = lately.requests() >= Outliers.ENOUGH;
      boolean late = warm && lately.lateShare() > Done.LATE_MANY;
      boolean fails = lately.failedShare() > Done.FAILED_SOME;
      boolean bad = seen && (late || (fails && lately.failed() >= FAILED_LEAST));
      if (bad || full >= Slowness.SATURATED) {
        if (since >= FALL_AGAIN_MILLIS) {
          trust(now, trust * FALL);
        }
      } else if (full < Slowness.NOT_SATURATED
          && (seen ? !fails && since >= RISE_AGAIN_MILLIS : since >= RISE_UNSEEN_MILLIS)) {
        trust(now, trust * RISE);
      }
    }
  }

  /**
   * Looks at how the pods answered, once a second.
   *
   * @param warmth the warmth of each pod, in their order
   * @param parts each pod's part of the answers, by its name
   */
  void see(long now, List<PodSample> pods, double[] warmth, Map<String, Traffic.Part> parts) {
    if (now - steppedAt < STEP_MILLIS) {
      return;
    }
    steppedAt = now;
    if (pasts.size() > pods.size()) {
      pasts.keySet().retainAll(pods.stream().map(PodSample::pod).toList());
    }
    List<Past> trusted = new ArrayList<>();
    List<Past> others = new ArrayList<>();
    for (int i = 0; i < warmth.length; i++) {
      PodSample pod = pods.get(i);
      Past past = past(pod);
      double full = parts.getOrDefault(pod.pod(), Traffic.Part.NONE).saturation();
      past.note(pod, warmth[i] >= 1, full);
      if (past.trust >= 1) {
        // Including a pod that was just put out for its failures.
        trusted.add(past);
      } else if (pod.ready()) {
        others.add(past);
        past.follow(now);
      }
    }
    judge(now, trusted, others);
    doubted = pods.stream().map(PodSample::pod).filter(pod -> trust(pod) < 1).toList();
    ill =
        pods.stream()
            .filter(pod -> pod.ready() && trust(pod.pod()) < 1)
            .map(PodSample::pod)
            .toList();
  }

  private void judge(long now, List<Past> trusted, List<Past> others) {
    Set<Past> worse = worse(trusted);
    long well = trusted.stream().filter(past -> past.ready && !worse.contains(past)).count();
    if (others.size() + worse.size() <= well) {
      worse.forEach(past -> past.trust(now, FALL));
      crowded = 0;
    } else if (others.size() > well || ++crowded >= CROWDED_STEPS) {
      // Then these pods are not to blame: something that all share is broken, or the others are
      // gone.
      others.forEach(past -> past.trust(now, 1));
      crowded = 0;
    }
  }

  private static Set<Past> worse(List<Past> pods) {
    List<Past> warm = pods.stream().filter(past -> past.warm).toList();
    Set<Past> worse = new LinkedHashSet<>();
    for (int window : WINDOWS) {
      List<Part> failed =
          pods.stream()
              .map(past -> past.within(window))
              .map(done -> new Part(done.failed(), done.requests()))
              .toList();
      List<Part> late =
          warm.stream()
              .map(past -> past.within(window))
              .map(done -> new Part(done.late(), done.answers()))
              .toList();
      Outliers.of(failed, Done.FAILED_SOME, Done.FAILED_SOME, SURE_OF_FAILED)
          .forEach(i -> worse.add(pods.get(i)));
      Outliers.of(late, LATE_ILL, Done.LATE_SOME, SURE_OF_LATE)
          .forEach(i -> worse.add(warm.get(i)));
    }
    return worse;
  }

  private Past past(PodSample pod) {
    Past was = pasts.get(pod.pod());
    if (was == null || !was.life.equals(pod.life())) {
      was = new Past(pod.life());
      pasts.put(pod.pod(), was);
    }
    return was;
  }

  /** The names of the ill pods; none if more are ill than well. */
  List<String> ill() {
    return ill;
  }

  /** The names of the ill pods, including those that are out. */
  List<String> doubted() {
    return doubted;
  }

  /** How long the pod has been ill, in seconds; 0 while it is not. */
  double illSeconds(String pod) {
    Past past = pasts.get(pod);
    return past == null || past.trust >= 1 ? 0 : (steppedAt - past.illSince) / 1000.0;
  }

  /** The part of its declared work that the pod is trusted with, 1 while it is not ill. */
  double trust(String pod) {
    Past past = pasts.get(pod);
    return past == null ? 1 : past.trust;
  }
}
