package dev.usher.admission.capacity;

import dev.usher.admission.PodSample;
import dev.usher.admission.PodSample.Done;
import dev.usher.admission.Warming;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The warmth of each pod. It follows from the pod's age and its work, because a JVM compiles hot
 * code after calls, not after seconds; it rises faster than these say if the answers show it.
 */
final class Warmth {
  /**
   * After this many warm-up times in health a pod counts as loaded, if not compiled. An idle room
   * starts from here.
   */
  private static final int LOADED_AFTER = 5;

  private static final double LOADED = 0.5;

  /** The part of what a warm pod could do during its warm-up that shows that it is warm. */
  private static final double WORK_MOST = 0.65;

  private static final long STEP_MILLIS = 1000;

  /** Timely answers show that, a second later, a pod can bear this many times as much. */
  private static final double FASTER = 1.33;

  private static final double SLOWER = 0.8;

  /** Fewer answers say nothing, and older ones say nothing about now. */
  private static final int ANSWERS_LEAST = 5;

  private static final int SECONDS_MOST = 5;

  /** A difference in warmth counts from here on. */
  private static final double WARMER = 0.005;

  private Tuning tuning;
  private final Map<String, Reached> reached = new HashMap<>();
  private long steppedAt = Long.MIN_VALUE / 2;

  /** One life of a pod: its last warmth, and what it had done, second by second. */
  private static final class Reached {
    private final PodSample.Life life;
    private double warmth;

    /** Whether its answers made it warmer a second ago. */
    private boolean grows;

    private final Deque<PodSample> seconds = new ArrayDeque<>();

    private Reached(PodSample pod, double warmth) {
      this.life = pod.life();
      this.warmth = warmth;
    }

    /** What the pod did in the shortest time that tells something; nothing if no time does. */
    private Done lately(Done now) {
      if (seconds.isEmpty() || now.since(seconds.getFirst().forVisitors()).requests() == 0) {
        return Done.NOTHING; // there is nothing new
      }
      for (PodSample then : seconds) {
        Done lately = now.since(then.forVisitors());
        if (lately.requests() >= ANSWERS_LEAST) {
          return lately;
        }
      }
      return Done.NOTHING;
    }

    /** Answers a second, as far as remembered. */
    private double rate() {
      return seconds.size() < 2
          ? 0
          : seconds.getFirst().done().since(seconds.getLast().done()).answers()
              / (seconds.size() - 1.0);
    }

    private void note(PodSample now) {
      seconds.addFirst(now);
      if (seconds.size() > SECONDS_MOST) {
        seconds.removeLast();
      }
    }
  }

  Warmth(Tuning tuning) {
    this.tuning = tuning;
  }

  /** Takes over changed options. A pod that is warmer than by these stays so. */
  void reconfigure(Tuning changed) {
    tuning = changed;
  }

  /**
   * The warmth of each pod, in their order; 0 for those that are not ready.
   *
   * @param rate requests a second that a warm pod bears, 0 while unknown
   * @param follows whether another replica leads, whose word counts
   */
  double[] of(List<PodSample> pods, double rate, boolean follows) {
    double[] warmth = new double[pods.size()];
    for (int i = 0; i < warmth.length; i++) {
      PodSample pod = pods.get(i);
      if (pod.ready()) {
        Reached is = reached(pod);
        is.warmth = Math.max(follows ? pod.warmth() : is.warmth, reckoned(pod, rate));
        if (pod.calls().still() && worked(pod, rate) >= 1) {
          // Our own calls have shown it, whatever its age.
          is.warmth = 1;
        }
        warmth[i] = is.warmth;
      }
    }
    if (reached.size() > 2 * pods.size()) {
      reached
          .keySet()
          .retainAll(pods.stream().map(PodSample::pod).collect(Collectors.toUnmodifiableSet()));
    }
    return warmth;
  }

  private Reached reached(PodSample pod) {
    Reached was = reached.get(pod.pod());
    if (was == null || !was.life.equals(pod.life())) {
      was = new Reached(pod, isMet(pod) ? 1 : pod.warmth());
      reached.put(pod.pod(), was);
    }
    return was;
  }

  /**
   * Whether the pod had been at work for long before anybody looked. A watcher of the pods knows
   * since when; of a pod that is only probed nobody does.
   */
  private boolean isMet(PodSample pod) {
    return pod.warmth() == 0
        && !pod.life().name().isEmpty()
        && pod.age() >= LOADED_AFTER * tuning.warmUpMillis();
  }

  /**
   * Learns from how the pods answered lately, once a second.
   *
   * @param tried whether there was enough to do for pods that are warmer than they seem: only then
   *     do good answers show anything
   */
  void learn(long now, List<PodSample> pods, boolean tried) {
    if (now - steppedAt < STEP_MILLIS) {
      return;
    }
    steppedAt = now;
    for (PodSample pod : pods) {
      if (!pod.ready()) {
        continue;
      }
      Reached is = reached(pod);
      Done lately = is.lately(pod.forVisitors());
      is.note(pod);
      // Of a warm pod, slow answers say that there is too much to do.
      boolean tells = is.warmth < 1 && lately.requests() > 0;
      double change = tells ? change(lately, tried) : 1;
      is.warmth = Math.min(1, is.warmth * change);
      is.grows = change > 1;
    }
  }

  private static double change(Done lately, boolean tried) {
    if (lately.isIll()) {
      return SLOWER;
    }
    return tried && lately.isInTime() ? FASTER : 1;
  }

  private double reckoned(PodSample pod, double rate) {
    double aged = aged(pod);
    double worked = worked(pod, rate);
    if (aged >= 1 && worked >= 1) {
      return 1;
    }
    double warmth = tuning.coldShare() + (1 - tuning.coldShare()) * Math.min(aged, worked);
    return pod.age() >= LOADED_AFTER * tuning.warmUpMillis() ? Math.max(LOADED, warmth) : warmth;
  }

  private double aged(PodSample pod) {
    return part((double) pod.age(), (double) tuning.warmUpMillis());
  }

  private double worked(PodSample pod, double rate) {
    return part((double) pod.done().answers(), enough(rate));
  }

  /** The number of answers that show that a pod is warm. */
  private double enough(double rate) {
    return rate <= 0
        ? tuning.warmUpRequests()
        : Math.min(tuning.warmUpRequests(), WORK_MOST * rate * tuning.warmUpMillis() / 1000);
  }

  /**
   * What a cold pod still lacks.
   *
   * @param rate requests a second that a warm pod bears, 0 while unknown
   */
  Warming missing(PodSample pod, double rate) {
    Reached is = reached(pod);
    double more = Math.max(0, enough(rate) - pod.done().answers());
    double byAge = Math.max(0, tuning.warmUpMillis() - pod.age()) / 1000.0;
    // Infinite without any work.
    double byWork = more == 0 ? 0 : more / is.rate();
    double shown = Math.ceil(Math.log(1 / is.warmth) / Math.log(FASTER));
    double left = Math.min(Math.max(byAge, byWork), is.grows ? shown : Double.POSITIVE_INFINITY);
    return new Warming(
        aged(pod),
        worked(pod, rate),
        is.warmth > reckoned(pod, rate) + WARMER,
        Double.isInfinite(left) ? Double.NaN : left);
  }

  private static double part(double done, double whole) {
    return whole <= 0 ? 1 : Math.min(1, done / whole);
  }
}
