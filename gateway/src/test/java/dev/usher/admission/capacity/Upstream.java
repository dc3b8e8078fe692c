package dev.usher.admission.capacity;

import dev.usher.admission.Admission;
import dev.usher.admission.AdmissionController;
import dev.usher.admission.Declared;
import dev.usher.admission.Latencies;
import dev.usher.admission.Observation;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.QueueCounts;
import dev.usher.admission.Traffic;
import dev.usher.admission.Traffic.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An upstream as a controller is shown it, every value in the hands of the play. */
final class Upstream {
  static final Declared DECLARED = new Declared(200, 30, 18, 0.2);

  long now = 1_000_000;
  long silence;
  final List<PodSample> pods = new ArrayList<>();
  long sessions;
  long waiting;
  long offers;
  long called;
  long claimed;
  long atOnce;
  long claimMillis;
  boolean paused;
  long first;
  long settled;
  long roomless;
  long errors;
  int inFlight;
  double saturation;
  @Nullable String template;
  boolean provenBefore;

  /** What of the answers and errors was whose. */
  final Map<String, Part> parts = new HashMap<>();

  private final Map<String, long[]> answersOf = new HashMap<>();
  private final long[] answers = new long[Latencies.BUCKETS];

  /** Pods that are warm by their age and their work. */
  Upstream warm(int count) {
    return pods(count, 3_600_000, 100_000);
  }

  Upstream pods(int count, long age, long served) {
    for (int i = 0; i < count; i++) {
      pods.add(new PodSample("pod-" + pods.size(), 1, true, false, age, served));
    }
    return this;
  }

  void lose(int count) {
    for (int i = 0; i < count; i++) {
      PodSample was = pods.get(i);
      pods.set(i, was.unready());
    }
  }

  void grow(long millis, long served) {
    pods.replaceAll(
        pod ->
            new PodSample(
                pod.pod(),
                pod.life(),
                pod.ready(),
                pod.age() + millis,
                pod.done().plus(new PodSample.Done(served, 0, 0)),
                pod.warmth(),
                pod.sessions()));
  }

  void answered(int count, double seconds) {
    answers[Latencies.bucketOf((long) (seconds * 1e6))] += count;
  }

  /** One pod does this in a step: what is in time takes 0.15 s, what is late 0.7 s. */
  void does(int index, PodSample.Done more) {
    PodSample was = pods.get(index);
    String pod = was.pod();
    pods.set(
        index,
        new PodSample(
            pod,
            was.life(),
            was.ready(),
            was.age() + 200,
            was.done().plus(more),
            was.warmth(),
            was.sessions()));
    settled += more.answers() + more.failed();
    errors += more.failed();
    answered((int) (more.answers() - more.late()), 0.15);
    answered((int) more.late(), 0.7);
    long[] counts = answersOf.computeIfAbsent(pod, name -> new long[Latencies.BUCKETS]);
    counts[Latencies.bucketOf(150_000)] += more.answers() - more.late();
    counts[Latencies.bucketOf(700_000)] += more.late();
    Part before = parts.getOrDefault(pod, Part.NONE);
    parts.put(
        pod, new Part(before.errors() + more.failed(), Latencies.of(counts), before.saturation()));
  }

  /** One pod says that it is so full. */
  void says(int index, double full) {
    String pod = pods.get(index).pod();
    Part before = parts.getOrDefault(pod, Part.NONE);
    parts.put(pod, new Part(before.errors(), before.answers(), full));
    saturation = parts.values().stream().mapToDouble(Part::saturation).max().orElse(0);
  }

  Observation seen() {
    Traffic traffic =
        new Traffic(first, settled, roomless, errors, Latencies.of(answers), inFlight, saturation);
    QueueCounts queue =
        new QueueCounts(
            sessions, waiting, offers, called, claimed, atOnce, claimed, claimMillis, paused, true);
    PodsSeen seen = new PodsSeen(pods, traffic, parts, silence, false, template, 1);
    return new Observation(now, seen, queue, null, provenBefore);
  }

  /** One step of 200 ms. */
  Admission step(AdmissionController controller) {
    now += 200;
    return controller.decide(seen());
  }

  /** So many seconds in which every session asks as declared and gets its answer in time. */
  Admission healthy(AdmissionController controller, int seconds) {
    return serve(controller, seconds, 0.2);
  }

  /** The same with answers that take so long. */
  Admission serve(AdmissionController controller, int seconds, double took) {
    Admission last = Admission.NONE;
    for (int i = 0; i < seconds * 5; i++) {
      int requests = (int) (sessions * 0.15 / 5);
      settled += requests;
      answered(requests, took);
      last = step(controller);
    }
    return last;
  }
}
