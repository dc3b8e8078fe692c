package dev.usher.admission;

import dev.usher.admission.PodSample.Done;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the pods that are slow or fail while most are well: then it is they that want mending, and
 * nothing is wrong with what is declared of all.
 */
final class Diagnosis {
  private static final long STEP_MILLIS = 5000;

  /** Together 20 s. */
  private static final int STEPS = 4;

  /** Fewer requests say nothing. */
  private static final int REQUESTS_LEAST = 10;

  private final Map<String, Past> pasts = new HashMap<>();
  private long steppedAt = Long.MIN_VALUE / 2;
  private List<String> ill = List.of();

  /** What one pod had done, step by step. */
  private static final class Past {
    private final PodSample.Life life;
    private final Deque<Done> steps = new ArrayDeque<>();

    private Past(PodSample.Life life) {
      this.life = life;
    }

    private Done next(Done now) {
      Done lately = steps.isEmpty() ? Done.NOTHING : now.since(steps.getFirst());
      steps.addLast(now);
      if (steps.size() > STEPS) {
        steps.removeFirst();
      }
      return lately;
    }
  }

  void see(long now, List<PodSample> pods) {
    if (now - steppedAt < STEP_MILLIS) {
      return;
    }
    steppedAt = now;
    if (pasts.size() > pods.size()) {
      pasts.keySet().retainAll(pods.stream().map(PodSample::pod).toList());
    }
    List<String> worse = new ArrayList<>();
    int well = 0;
    for (PodSample pod : pods) {
      Done lately = past(pod).next(pod.done());
      if (pod.ready() && lately.requests() >= REQUESTS_LEAST) {
        if (lately.isIll()) {
          worse.add(pod.pod());
        } else if (lately.isInTime()) {
          well++;
        }
      }
    }
    ill = worse.size() <= well ? List.copyOf(worse) : List.of();
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
}
