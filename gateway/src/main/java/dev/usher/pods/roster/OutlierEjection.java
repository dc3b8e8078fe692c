package dev.usher.pods.roster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ejection of pods because requests to them fail: which ones, and for how long. One for each
 * upstream; must be asked by one thread at a time.
 */
public final class OutlierEjection {
  /** One failed connection may be chance, two a restart of a socket; three are a dead pod. */
  private static final int FAILURES_IN_A_ROW = 3;

  private static final long WINDOW_MILLIS = 1000;

  /** Fewest requests judged: of fewer, half may fail by chance. */
  private static final int REQUESTS_LEAST = 20;

  private static final double ERRORS_MANY = 0.5;

  /**
   * The largest part of the pods that may be out. If more than half of them fail, the cause is
   * something that they share.
   */
  private static final double OUT_MOST = 0.5;

  private static final long OUT_MILLIS = 5000;
  private static final long OUT_MOST_MILLIS = 60_000;

  /** Number of doublings after which the longest time out is reached. */
  private static final int DOUBLED_MOST = 4;

  /** Time in health after which one ejection is forgiven. */
  private static final long FORGIVEN_MILLIS = 60_000;

  private final Map<String, Past> pasts = new HashMap<>();
  private long judgedAt;

  /**
   * The standing of one pod.
   *
   * @param pod its name
   * @param ready whether requests are sent to it
   * @param putOut whether they are not because too many of them failed
   * @param requests requests to it that were answered or failed, since the beginning
   * @param errors those of them that failed
   */
  public record Standing(String pod, boolean ready, boolean putOut, long requests, long errors) {}

  /** Whether this many failures in a row mean that the pod is dead. */
  public static boolean isDead(int failuresInARow) {
    return failuresInARow >= FAILURES_IN_A_ROW;
  }

  /**
   * The pods to put out now because at least half of their requests failed in the last second: the
   * worst first, and only so many that at least half of the known ready ones stay.
   */
  public List<String> judge(long now, List<Standing> pods) {
    long passed = pasts.isEmpty() ? 0 : Math.max(0, now - judgedAt);
    judgedAt = now;
    if (pasts.size() > pods.size()) {
      pasts.keySet().retainAll(pods.stream().map(Standing::pod).toList());
    }
    List<Failing> failing = new ArrayList<>();
    int ready = 0;
    int out = 0;
    for (Standing pod : pods) {
      double share = past(pod.pod()).next(now, passed, pod);
      ready += pod.ready() ? 1 : 0;
      out += pod.putOut() ? 1 : 0;
      if (pod.ready() && share >= ERRORS_MANY) {
        failing.add(new Failing(pod.pod(), share));
      }
    }
    int most = Math.max(0, (int) (OUT_MOST * (ready + out)) - out);
    return failing.stream()
        .sorted(Comparator.comparingDouble(Failing::share).reversed())
        .limit(most)
        .map(Failing::pod)
        .toList();
  }

  private record Failing(String pod, double share) {}

  private Past past(String pod) {
    return pasts.computeIfAbsent(pod, name -> new Past());
  }

  /** Notes that a pod is put out. Returns the end of its time out, in milliseconds since 1970. */
  public long putOut(String pod, long now) {
    return now + past(pod).putOut();
  }

  /** The past of one pod. */
  private static final class Past {
    private final List<Mark> marks = new ArrayList<>();
    private int ejections;
    private long healthyMillis;

    private record Mark(long now, long requests, long errors) {}

    /** Takes in the pod's standing. Returns the share of the last second's requests that failed. */
    double next(long now, long passed, Standing pod) {
      heal(pod.ready() ? passed : 0);
      if (!pod.ready()) {
        // Requests sent earlier may still fail, which says nothing of the pod once it is back.
        marks.clear();
      }
      Mark newest = new Mark(now, pod.requests(), pod.errors());
      marks.add(newest);
      while (marks.size() > 1 && marks.get(1).now() <= now - WINDOW_MILLIS) {
        marks.remove(0);
      }
      Mark oldest = marks.get(0);
      long requests = newest.requests() - oldest.requests();
      return requests < REQUESTS_LEAST
          ? 0
          : (newest.errors() - oldest.errors()) / (double) requests;
    }

    private void heal(long millis) {
      healthyMillis += millis;
      while (ejections > 0 && healthyMillis >= FORGIVEN_MILLIS) {
        ejections--;
        healthyMillis -= FORGIVEN_MILLIS;
      }
      if (ejections == 0) {
        healthyMillis = 0;
      }
    }

    long putOut() {
      long millis = Math.min(OUT_MOST_MILLIS, OUT_MILLIS << ejections);
      ejections = Math.min(DOUBLED_MOST, ejections + 1);
      healthyMillis = 0;
      marks.clear();
      return millis;
    }
  }
}
