package dev.usher.pods.roster;

import dev.usher.admission.Latencies;
import dev.usher.admission.PodSample.Done;
import dev.usher.admission.Traffic;
import dev.usher.pods.PodView;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** The counts of one pod's answers. On the path of every request: locks nothing. */
public final class PodCount {
  private final LongAdder answers = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /** Signs of life other than answers: errors, streams that began, successful probes. */
  private final LongAdder signs = new LongAdder();

  private final LongAdder micros = new LongAdder();

  /** Answers by their duration; below it, the errors that count in the {@link TrafficCount}. */
  private final AtomicLongArray took = new AtomicLongArray(Latencies.BUCKETS);

  private final LongAdder errors = new LongAdder();
  private final Saturation full = new Saturation();

  /** Answers to our own calls: the pod's work, but no part of the traffic. */
  private final LongAdder warmUps = new LongAdder();

  private final OwnCalls calls = new OwnCalls();

  /**
   * The last part handed out, reused because most of a thousand pods had nothing to do since the
   * tick before.
   */
  private Traffic.Part part = Traffic.Part.NONE;

  private volatile long lateMicros = Long.MAX_VALUE;
  private volatile Done before = Done.NOTHING;

  /** Counts one more answer, by the time to its first byte. */
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

  /** Counts a failed request as an error in the traffic too. */
  public void hasErred() {
    errors.increment();
  }

  /** Counts an answer to a call of our own. */
  public void warmed() {
    warmUps.increment();
    signs.increment();
    calls.answered();
  }

  /** Our own calls to the pod. */
  public OwnCalls calls() {
    return calls;
  }

  /** How full the pod says it is. */
  public Saturation full() {
    return full;
  }

  /** Counts a sign of life that is not an answer. */
  public void lives() {
    signs.increment();
  }

  /** A number that changes whenever the pod is heard from, whatever it says. */
  public long heard() {
    return answers.sum() + signs.sum();
  }

  /** Sets the time beyond which an answer counts as late. */
  void lateAfter(long limit) {
    lateMicros = limit;
  }

  /** Begins a new life: the pod was restarted. */
  void beginAnew() {
    before = done();
    calls.beginAnew();
  }

  private Done done() {
    return new Done(answers.sum() + warmUps.sum(), late.sum(), failed.sum());
  }

  /** The answers of all its lives. */
  PodView.Answers all() {
    return new PodView.Answers(answers.sum(), failed.sum(), micros.sum());
  }

  /** The pod's part of the traffic. Must be asked by one thread at a time. */
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

  /** The number of answers in all its lives. */
  long answers() {
    return answers.sum();
  }

  /** The number of failed requests in all its lives. */
  long failed() {
    return failed.sum();
  }
}
