package dev.usher.pods.roster;

import dev.usher.admission.Latencies;
import dev.usher.admission.PodSample.Done;
import dev.usher.admission.Traffic;
import dev.usher.pods.PodView;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts the answers of one pod. On the path of every request: it locks nothing. */
public final class PodCount {
  private final LongAdder answers = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /** Signs of life that are none of the answers: errors, streams that began, good probes. */
  private final LongAdder signs = new LongAdder();

  private final LongAdder micros = new LongAdder();

  /** Answers by how long they took, and the errors that count in the {@link TrafficCount}. */
  private final AtomicLongArray took = new AtomicLongArray(Latencies.BUCKETS);

  private final LongAdder errors = new LongAdder();
  private final Saturation full = new Saturation();

  /** As it was asked last: most of a thousand pods had nothing to do since a tick ago. */
  private Traffic.Part part = Traffic.Part.NONE;

  private volatile long lateMicros = Long.MAX_VALUE;
  private volatile Done before = Done.NOTHING;

  /** Counts one more answer, whose first byte took so long. */
  public void answered(long lasted) {
    answers.increment();
    micros.add(lasted);
    took.incrementAndGet(Latencies.bucketOf(lasted));
    if (lasted > lateMicros) {
      late.increment();
    }
  }

  /** Counts a request that failed. */
  public void hasFailed() {
    failed.increment();
  }

  /** Of what failed, this counts in the traffic too. */
  public void hasErred() {
    errors.increment();
  }

  /** How full the pod says that it is. */
  public Saturation full() {
    return full;
  }

  /** Counts a word of the pod that is none of the answers. */
  public void lives() {
    signs.increment();
  }

  /** Another number whenever the pod was heard of, whatever it said. */
  public long heard() {
    return answers.sum() + signs.sum();
  }

  /** An answer is late from now on when it takes longer. */
  void lateAfter(long limit) {
    lateMicros = limit;
  }

  /** The pod was started anew. */
  void beginAnew() {
    before = done();
  }

  private Done done() {
    return new Done(answers.sum(), late.sum(), failed.sum());
  }

  /** Of all its lives. */
  PodView.Answers all() {
    return new PodView.Answers(answers.sum(), failed.sum(), micros.sum());
  }

  /** What of the traffic was its part. To be asked by one thread at a time. */
  Traffic.Part part(long now) {
    double said = full.at(now);
    if (part.errors() != errors.sum() || part.answers().count() != answers.sum()) {
      part = new Traffic.Part(errors.sum(), TrafficCount.latencies(took), said);
    } else if (part.saturation() != said) {
      part = new Traffic.Part(part.errors(), part.answers(), said);
    }
    return part;
  }

  Done inThisLife() {
    return done().since(before);
  }

  /** Of all its lives. */
  long answers() {
    return answers.sum();
  }

  /** Of all its lives. */
  long failed() {
    return failed.sum();
  }
}
