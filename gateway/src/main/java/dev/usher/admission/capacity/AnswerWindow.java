package dev.usher.admission.capacity;

import dev.usher.admission.Latencies;
import dev.usher.admission.Traffic;
import dev.usher.admission.Traffic.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers of the last half minute, second by second. */
final class AnswerWindow {
  private static final int SECONDS = 30;

  /** Fewer answers are noise: without a minimum the correction would fall by chance alone. */
  private static final int ENOUGH = 50;

  private static final int JAM_NEEDS = 10;
  private static final double JAM_RISE = 1.3;

  private final List<Second> seconds = new ArrayList<>();

  /** Pods whose answers and errors say nothing about the others. */
  private List<String> leftOut = List.of();

  private record Second(long now, Traffic traffic, Map<String, Part> parts) {
    Part of(String pod) {
      return parts.getOrDefault(pod, Part.NONE);
    }
  }

  /**
   * The shortest time with enough answers.
   *
   * @param began its beginning
   * @param answers the number of answers
   * @param median their median time to the first byte, in seconds
   * @param errorShare share of the requests that failed
   */
  record Window(long began, long answers, double median, double errorShare) {
    /** How much it tells: 1 with enough answers, a part of that with fewer. */
    double weight() {
      return Math.min(1, answers / (double) ENOUGH);
    }
  }

  /** Leaves these pods out of what is told. */
  void leaveOut(List<String> pods) {
    leftOut = pods;
  }

  void add(long now, Traffic traffic, Map<String, Part> parts) {
    if (!seconds.isEmpty() && now - seconds.get(seconds.size() - 1).now() > 5000) {
      seconds.clear();
    }
    seconds.add(new Second(now, traffic, parts));
    if (seconds.size() > SECONDS + 1) {
      seconds.remove(0);
    }
  }

  /** The window; null while there are too few answers. */
  @Nullable Window window() {
    if (seconds.isEmpty()) {
      return null;
    }
    Second now = seconds.get(seconds.size() - 1);
    for (int i = seconds.size() - 2; i >= 0; i--) {
      Window window = between(seconds.get(i), now, ENOUGH);
      if (window != null) {
        return window;
      }
    }
    return null;
  }

  /** Everything remembered; null without an answer. */
  @Nullable Window all() {
    return seconds.isEmpty() ? null : between(seconds.get(0), seconds.get(seconds.size() - 1), 1);
  }

  /** The window between two seconds; null if it holds fewer answers. */
  private @Nullable Window between(Second then, Second now, int least) {
    long answers = now.traffic().answers().count() - then.traffic().answers().count();
    long errors = now.traffic().errors() - then.traffic().errors();
    long requests = now.traffic().requests() - then.traffic().requests();
    for (String pod : leftOut) {
      answers -= now.of(pod).answers().count() - then.of(pod).answers().count();
      errors -= now.of(pod).errors() - then.of(pod).errors();
      requests -= now.of(pod).requests() - then.of(pod).requests();
    }
    if (Math.max(answers, errors) < least) {
      return null;
    }
    Latencies took = now.traffic().answers().since(then.traffic().answers());
    for (String pod : leftOut) {
      took = took.since(now.of(pod).answers().since(then.of(pod).answers()));
    }
    double share = errors / (double) Math.max(1, Math.max(errors, requests));
    return new Window(then.now(), answers, took.median(), share);
  }

  /** How full the fullest of the pods looked at says it is. */
  double saturation() {
    if (seconds.isEmpty()) {
      return 0;
    }
    Second now = seconds.get(seconds.size() - 1);
    return leftOut.isEmpty()
        ? now.traffic().saturation()
        : now.parts().entrySet().stream()
            .filter(part -> !leftOut.contains(part.getKey()))
            .mapToDouble(part -> part.getValue().saturation())
            .max()
            .orElse(0);
  }

  /**
   * Whether ever more requests are in flight while no more are answered, which means that something
   * the pods share is full, whatever they say. That cannot be told while one of the pods is ill.
   * The correlations are those by which failsafe-go detects overload.
   */
  boolean isJammed() {
    int n = seconds.size() - 1;
    if (n < SECONDS || !leftOut.isEmpty()) {
      return false;
    }
    double[] inFlight = new double[n];
    double[] answered = new double[n];
    double[] took = new double[n];
    for (int i = 0; i < n; i++) {
      Traffic then = seconds.get(i).traffic();
      Traffic now = seconds.get(i + 1).traffic();
      Latencies fresh = now.answers().since(then.answers());
      if (fresh.count() < JAM_NEEDS) {
        return false;
      }
      inFlight[i] = now.inFlight();
      answered[i] = fresh.count();
      took[i] = fresh.median();
    }
    double early = mean(inFlight, 0, n / 3);
    double late = mean(inFlight, n - n / 3, n);
    return late > JAM_RISE * early
        && correlation(inFlight, answered) < 0.3
        && correlation(inFlight, took) > 0.5;
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum / (to - from);
  }

  /** Pearson's coefficient; 0 if one of the two does not vary. */
  private static double correlation(double[] a, double[] b) {
    double meanA = mean(a, 0, a.length);
    double meanB = mean(b, 0, b.length);
    double both = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      both += (a[i] - meanA) * (b[i] - meanB);
      squaresA += (a[i] - meanA) * (a[i] - meanA);
      squaresB += (b[i] - meanB) * (b[i] - meanB);
    }
    return squaresA == 0 || squaresB == 0 ? 0 : both / Math.sqrt(squaresA * squaresB);
  }
}
