package dev.usher.admission;

import dev.usher.admission.Admission.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Admits at the measured capacity of the pods that are ready now. Three limits, one within the
 * other: sessions, the rate at which newcomers' first requests may come, and requests in flight on
 * each pod. One for each upstream; to be asked at every tick, by one thread at a time.
 */
public final class MeasuredCapacity implements AdmissionController {
  /** Visitors called at one step, at most: one wrong count must not call a whole crowd. */
  private static final int STEP_MOST = 5000;

  /** In flight on any ready pod: one that may have a single request warms up too slowly. */
  private static final int IN_FLIGHT_LEAST = 2;

  private Tuning tuning;
  private final Bearing bearing;
  private final Chronicle chronicle = new Chronicle();
  private final Meter meter;
  private final Warmth warmth;
  private final Signal signal = new Signal();
  private final Correction correction;
  private final Pace pace = new Pace();
  private final NoShows noShows;
  private final Limits limits = new Limits();
  private long spentCalled;
  private long spentAtOnce;
  private double shareSeen = 1;

  public MeasuredCapacity(Declared declared, Tuning tuning) {
    this.tuning = tuning;
    this.bearing = new Bearing(declared);
    this.meter = new Meter(declared, chronicle);
    this.warmth = new Warmth(tuning);
    this.correction = new Correction(tuning, declared.responseSeconds());
    this.noShows = new NoShows(tuning.overOffer(), chronicle);
  }

  /**
   * Goes by these from the next step on. What was measured stays: it is of the pods and the
   * visitors, not of what was declared. To be called by the thread that asks.
   */
  public void take(Declared declared, Tuning changed) {
    tuning = changed;
    correction.declaredAnew(bearing.declared(), declared);
    bearing.take(declared);
    meter.take(declared);
    warmth.take(changed);
    correction.take(changed, declared.responseSeconds());
    noShows.take(changed.overOffer());
  }

  /** What it goes by. */
  public Declared declared() {
    return bearing.declared();
  }

  @Override
  public Admission decide(Observation seen) {
    long now = seen.now();
    QueueCounts queue = seen.queue();
    List<PodSample> pods = signal.believed(seen.seen());
    double[] warm = warmth.of(pods, shareSeen);
    Measures measures = meter.measure(seen);
    shareSeen = measures.share();
    noShows.learn(now, queue);
    Bearing.OfPod pod = bearing.of(measures, correction.baselineSeconds());
    double[] strengths = strengths(pods, pod);
    Fleet fleet = Fleet.of(warm, strengths, tuning.surviveLossOf());
    correct(seen, fleet, pod, measures);
    Supply supply = supply(fleet, pod, measures.roomless());
    double believed = signal.capacity(seen.seen(), supply.sessions());
    long capacity = fleet.ready() == 0 ? 0 : (long) Math.max(1, Math.floor(believed + 1e-9));
    spend(queue);
    pace.fill(now, supply.strength(), measures.settled() * measures.perSettled(), measures.first());
    long kept = noShows.kept(now, queue.offers());
    Limits.Free free = new Limits.Free(capacity, capacity - queue.sessions() - kept, pace.tokens());
    Reason reason = limits.reason(seen, fleet, free, correction.cause());
    return new Admission(
        capacity,
        seen.seen().doubted() ? 0 : Math.min(free.tokens(), STEP_MOST),
        kept,
        reason,
        figures(fleet, pod, measures),
        limits(pods, warm, strengths, pod.inFlight()));
  }

  /** What the pods bear together: sessions that may be used, and what newcomers are paid from. */
  private record Supply(double sessions, Pace.Strength strength) {}

  private Supply supply(Fleet fleet, Bearing.OfPod pod, double roomless) {
    double learned = correction.learned() * fleet.strength();
    double used = correction.k() * fleet.headroom() * learned;
    double requests = used * pod.requests();
    // What bypassed and roomless visitors take is not there for sessions.
    double own = requests <= 0 ? 0 : Math.max(0, 1 - roomless / requests);
    return new Supply(
        used * pod.sessions() * own,
        new Pace.Strength(learned * pod.sessions(), learned * pod.requests(), requests * own));
  }

  private void correct(Observation seen, Fleet fleet, Bearing.OfPod pod, Measures measures) {
    double declared = fleet.headroom() * fleet.strength() * pod.sessions();
    double requests = correction.k() * correction.learned() * fleet.strength() * pod.requests();
    correction.meet(seen.seen().template(), seen.provenBefore());
    correction.step(
        seen.now(),
        seen.seen().traffic(),
        new Correction.Fullness(
            seen.queue().sessions(),
            declared,
            requests > 0 ? measures.load() / requests : 1,
            fleet.headroom(),
            fleet.isWarm(),
            !Signal.isStale(seen.seen())));
  }

  private void spend(QueueCounts queue) {
    if (queue.counted()) {
      long called = Math.max(0, queue.called() - spentCalled);
      long atOnce = Math.max(0, queue.atOnce() - spentAtOnce);
      boolean first = chronicle.isFirst();
      if (!first) {
        pace.spend((1 - noShows.share()) * called + atOnce);
      }
      spentCalled = queue.called();
      spentAtOnce = queue.atOnce();
    }
  }

  private static double[] strengths(List<PodSample> pods, Bearing.OfPod pod) {
    return pods.stream()
        .mapToDouble(each -> each.sessions() > 0 ? each.sessions() / pod.sessions() : 1)
        .toArray();
  }

  private List<PodLimit> limits(
      List<PodSample> pods, double[] warm, double[] strengths, double inFlight) {
    List<PodLimit> all = new ArrayList<>(warm.length);
    int declared = bearing.declared().maxInFlight();
    // Who declares one has a pod that does one thing at a time, warm or cold.
    int least = declared > 0 ? Math.min(declared, IN_FLIGHT_LEAST) : IN_FLIGHT_LEAST;
    for (int i = 0; i < warm.length; i++) {
      int cap =
          warm[i] == 0
              ? 0
              : (int) Math.max(least, Math.ceil(warm[i] * strengths[i] * inFlight - 1e-9));
      all.add(new PodLimit(pods.get(i).pod(), warm[i], cap));
    }
    return all;
  }

  private Figures figures(Fleet fleet, Bearing.OfPod pod, Measures measures) {
    return new Figures(
        fleet.ready(),
        fleet.warm(),
        fleet.headroom(),
        correction.k(),
        correction.learned(),
        correction.proven(),
        pod.sessions(),
        pod.requests(),
        measures.perSettled(),
        measures.first(),
        measures.sessionSeconds(),
        correction.responseSeconds(),
        correction.baselineSeconds(),
        measures.load(),
        measures.roomless(),
        pace.spare(),
        pace.rate(),
        noShows.share(),
        measures.share(),
        correction.advice());
  }
}
