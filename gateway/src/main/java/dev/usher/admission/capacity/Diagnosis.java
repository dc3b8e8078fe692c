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
 * Finds the pods that are slow or fail while most are well: it is they that want mending, and
 * nothing is wrong with what is declared of all. Each of them is trusted with less from then on,
 * and with more again as it answers well.
 */
final class Diagnosis {
  private static final long STEP_MILLIS = 1000;

  /** Times that are looked at, in steps: what is very bad shows at once, what is less so later. */
  private static final int[] WINDOWS = {1, 2, 5, 20};

  private static final int STEPS = 20;

  /** A pod whose trust was changed shows by then what it does with it. */
  private static final long FALL_AGAIN_MILLIS = 2000;

  private static final long RISE_AGAIN_MILLIS = 3000;

  /** One that is asked too little to tell is asked more by then. */
  private static final long RISE_UNSEEN_MILLIS = 20_000;

  private static final double FALL = 0.5;
  private static final double RISE = 1.4;

  /** It has to be asked now and then, or nothing would show that it is well again. */
  private static final double TRUST_LEAST = 0.1;

  /** One failure may be chance. */
  private static final int FAILED_LEAST = 2;

  /** That more are ill than well may be chance for one step. */
  private static final int CROWDED_STEPS = 3;

  /** So many are late of a pod that takes four times as long: half as fast as others is not ill. */
  private static final double LATE_ILL = 0.9;

  /** How far beyond chance a pod must be: fewer failures than late answers are chance. */
  private static final double SURE_OF_FAILED = 3;

  private static final double SURE_OF_LATE = 4;

  private final Map<String, Past> pasts = new HashMap<>();
  private long steppedAt = Long.MIN_VALUE / 2;
  private int crowded;
  private List<String> doubted = List.of();
  private List<String> ill = List.of();

  /** One life of a pod: what it had done, step by step, and how far it is trusted. */
  private static final class Past {
    private final PodSample.Life life;

    /** Newest first. */
    private final Deque<Done> steps = new ArrayDeque<>();

    /** A pod that is cold is slow for that, and no worse than it should be. */
    private boolean warm;

    private boolean ready;

    /** How full it says that it is. */
    private double full;

    private double trust = 1;
    private long changedAt;

    /** Since when it is trusted with less. */
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

    /** What it did in so many steps, or in as many as are remembered. */
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
      // What it did with more, or less, says nothing of what it does with this.
      while (steps.size() > 1) {
        steps.removeLast();
      }
    }

    /** Trusts it with less while it is bad, and with more when it is well. */
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
   * Looks at how they answered, once a second.
   *
   * @param warmth of each, in their order
   * @param parts what of the answers was whose, by the pod's name
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
        // Also who was put out just now for what it failed.
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
      // Then it is not these: what all share is broken, or the others are gone.
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

  /** Their names; none when more are ill than well. */
  List<String> ill() {
    return ill;
  }

  /** The same, and those of them that are out. */
  List<String> doubted() {
    return doubted;
  }

  /** How long it has been ill, in seconds; 0 while it is not. */
  double illSeconds(String pod) {
    Past past = pasts.get(pod);
    return past == null || past.trust >= 1 ? 0 : (steppedAt - past.illSince) / 1000.0;
  }

  /** The part of what it is declared to bear that it is trusted with, 1 while it is not ill. */
  double trust(String pod) {
    Past past = pasts.get(pod);
    return past == null ? 1 : past.trust;
  }
}
