package dev.usher.admission.capacity;

import dev.usher.admission.Admission;
import dev.usher.admission.Admission.Reason;
import dev.usher.admission.AdmissionController;
import dev.usher.admission.Declared;
import dev.usher.admission.Figures;
import dev.usher.admission.Learnt;
import dev.usher.admission.Observation;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.QueueCounts;
import dev.usher.admission.Warming;
import java.util.ArrayList;
import java.util.List;

/**
 * The controller that admits at the measured capacity of the pods that are ready now. Three limits,
 * one within the other: sessions, the rate at which newcomers' first requests may come, and
 * requests in flight on each pod. One for each upstream; must be asked at every tick, by one thread
 * at a time.
 */
public final class MeasuredCapacity implements AdmissionController {
  /** Most visitors called at one tick: one wrong count must not call a whole crowd. */
  private static final int STEP_MOST = 5000;

  /** This near to what is allowed, good answers show that more would be possible. */
  private static final double TRIED_AT = 0.7;

  /** An answer that takes this many times as long as a calm pod's is late. */
  private static final double LATE = 1.5;

  /** The time a pod's answer may take while nothing is known of it, in seconds. */
  private static final double RESPONSE_UNKNOWN = 0.3;

  /** Still half as much again as at the knee: fewer would leave the pods idle now and then. */
  private static final double IN_FLIGHT_SLOW = 0.5;

  /**
   * Least number in flight on any ready pod: one that may have only a single request warms up too
   * slowly.
   */
  private static final int IN_FLIGHT_LEAST = 2;

  private Tuning tuning;
  private final PodCapacity podCapacity;
  private final TickHistory history = new TickHistory();
  private final Meter meter;
  private final Warmth warmth;
  private final WarmUpHold hold;
  private final SignalTrust signalTrust = new SignalTrust();
  private final Correction correction;
  private final NewcomerRate newcomerRate = new NewcomerRate();
  private final NoShows noShows;
  private final BindingLimit bindingLimit = new BindingLimit();
  private final Diagnosis diagnosis = new Diagnosis();
  private long spentCalled;
  private long spentAtOnce;

  public MeasuredCapacity(Declared declared, Tuning tuning) {
    this.tuning = tuning;
    this.podCapacity = new PodCapacity(declared);
    this.meter = new Meter(declared, history);
    this.warmth = new Warmth(tuning);
    this.hold = new WarmUpHold(tuning);
    this.correction = new Correction(tuning, declared.responseSeconds());
    this.noShows = new NoShows(tuning.overOffer(), history);
  }

  /**
   * Takes over changed settings from the next tick on. Measurements stay, because they are of the
   * pods and the visitors, not of what was declared. Must be called by the thread that asks.
   */
  public void reconfigure(Declared declared, Tuning changed) {
    tuning = changed;
    correction.declaredAnew(podCapacity.declared(), declared);
    podCapacity.reconfigure(declared);
    meter.reconfigure(declared);
    warmth.reconfigure(changed);
    hold.reconfigure(changed);
    correction.reconfigure(changed, declared.responseSeconds());
    noShows.reconfigure(changed.overOffer());
  }

  /** What is declared now. */
  public Declared declared() {
    return podCapacity.declared();
  }

  @Override
  public Admission decide(Observation seen) {
    long now = seen.now();
    QueueCounts queue = seen.queue();
    List<PodSample> pods = signalTrust.believed(seen.seen());
    follow(seen);
    Measures measures = meter.measure(seen);
    noShows.learn(now, queue);
    PodCapacity.OfPod pod = podCapacity.of(measures, correction.baselineSeconds());
    double[] warm = warmth.of(pods, pod.requests(), seen.follows());
    diagnosis.see(now, pods, warm, seen.seen().parts());
    double[] strengths = strengths(pods, pod);
    double[] open = hold.of(now, pods, warm);
    Fleet fleet = Fleet.of(open, strengths, tuning.surviveLossOf());
    Supply supply = supply(fleet, pod, measures.roomless());
    if (hold.isTooMuch(now, fleet, supply.sessions() / fleet.headroom() - queue.sessions())) {
      open = warm;
      fleet = Fleet.of(open, strengths, tuning.surviveLossOf());
      supply = supply(fleet, pod, measures.roomless());
    }
    if (!seen.follows()) {
      learn(seen, pods, fullness(seen, fleet, supply, measures));
      supply = supply(fleet, pod, measures.roomless());
    }
    double believed = signalTrust.capacity(seen.seen(), supply.sessions());
    long capacity = fleet.ready() == 0 ? 0 : (long) Math.max(1, Math.floor(believed + 1e-9));
    spend(queue);
    newcomerRate.fill(now, supply.strength(), need(measures), correction.wasCut(now));
    long kept = noShows.kept(now, queue.offers());
    Reason reason =
        bindingLimit.reason(seen, fleet, free(capacity, queue, kept), correction.cause());
    return new Admission(
        capacity,
        seen.seen().doubted() ? 0 : Math.min(newcomerRate.tokens(), STEP_MOST),
        kept,
        reason,
        figures(now, fleet, pod, measures),
        limits(pods, open, strengths, pod),
        learnt(seen, measures));
  }

  private static NewcomerRate.Need need(Measures measures) {
    return new NewcomerRate.Need(
        measures.settled() * measures.perSettled(), measures.first(), measures.ending());
  }

  private BindingLimit.Free free(long capacity, QueueCounts queue, long kept) {
    return new BindingLimit.Free(
        capacity, capacity - queue.sessions() - kept, newcomerRate.tokens(), hold.any());
  }

  private void follow(Observation seen) {
    Learnt told = seen.told();
    if (told != null && seen.follows() && told.of().equals(of(seen))) {
      correction.follow(seen.now(), told);
      meter.follow(told);
    }
  }

  /** Names the version of the pods and their declaration, for which alone something is learnt. */
  private String of(Observation seen) {
    Declared declared = podCapacity.declared();
    String text =
        declared.sessions()
            + "/"
            + declared.requestsPerSecond()
            + "/"
            + declared.maxInFlight()
            + "/"
            + declared.responseSeconds()
            + "/"
            + seen.seen().template();
    return text.replace(' ', '_');
  }

  private Learnt learnt(Observation seen, Measures measures) {
    return new Learnt(
        of(seen),
        correction.k(),
        correction.learned(),
        correction.cause(),
        correction.slowed(),
        correction.sinceCutSeconds(seen.now()),
        correction.baselineSeconds(),
        measures.perSettled(),
        measures.perSession(),
        measures.first());
  }

  /**
   * What the pods bear together: sessions that may be used, and the strength that newcomers are
   * paid from.
   */
  private record Supply(double sessions, NewcomerRate.Strength strength) {}

  private Supply supply(Fleet fleet, PodCapacity.OfPod pod, double roomless) {
    double learned = correction.learned() * fleet.strength();
    double used = correction.learned() * fleet.usable(correction.k() * fleet.headroom());
    double requests = used * pod.requests();
    // What bypassed and roomless visitors take is not available to sessions. If no rate is
    // declared, what pods bear is derived from sessions alone, and says nothing about other
    // requests.
    double taken = podCapacity.declared().requestsPerSecond() > 0 ? roomless / requests : 0;
    double own = requests <= 0 ? 0 : Math.max(0, 1 - taken);
    return new Supply(
        used * pod.sessions() * own,
        new NewcomerRate.Strength(
            learned * pod.sessions(), learned * pod.requests(), requests * own));
  }

  private static Fullness fullness(
      Observation seen, Fleet fleet, Supply supply, Measures measures) {
    double allowed = supply.strength().allowed();
    return new Fullness(
        supply.sessions() > 0 ? seen.queue().sessions() / supply.sessions() : 1,
        allowed > 0 ? (measures.load() - measures.roomless()) / allowed : 1,
        fleet,
        !SignalTrust.isStale(seen.seen()));
  }

  private void learn(Observation seen, List<PodSample> pods, Fullness full) {
    long now = seen.now();
    correction.meet(seen.seen().template(), seen.provenBefore());
    correction.step(now, seen.seen(), diagnosis.doubted(), full);
    QueueCounts queue = seen.queue();
    boolean waited = queue.waiting() > 0 && !queue.shut();
    boolean tried = waited && full.fresh() && full.use() >= TRIED_AT && !correction.wasCut(now);
    warmth.learn(now, pods, tried);
  }

  private void spend(QueueCounts queue) {
    if (queue.counted()) {
      long called = Math.max(0, queue.called() - spentCalled);
      long atOnce = Math.max(0, queue.atOnce() - spentAtOnce);
      boolean first = history.isFirst();
      if (!first) {
        newcomerRate.spend((1 - noShows.share()) * called + atOnce);
      }
      spentCalled = queue.called();
      spentAtOnce = queue.atOnce();
    }
  }

  private double[] strengths(List<PodSample> pods, PodCapacity.OfPod pod) {
    return pods.stream()
        .mapToDouble(
            each ->
                diagnosis.trust(each.pod())
                    * (each.sessions() > 0 ? each.sessions() / pod.sessions() : 1))
        .toArray();
  }

  /**
   * The part of its usual requests in flight that a pod may have now. Pods that are too slow work
   * on fewer at a time, and therefore on each for a shorter time: the number they answer stays the
   * same, and a visitor who asks for much is not the one who waits in vain.
   */
  private double inFlightTrusted() {
    boolean slow = correction.cause() == Learnt.Cause.LATENCY;
    return slow ? Math.min(1, Math.max(IN_FLIGHT_SLOW, correction.k())) : 1;
  }

  private List<PodLimit> limits(
      List<PodSample> pods, double[] warm, double[] strengths, PodCapacity.OfPod bears) {
    double base = correction.baselineSeconds();
    long late = Math.round(LATE * (base > 0 ? base : RESPONSE_UNKNOWN) * 1e6);
    double inFlight = bears.inFlight() * inFlightTrusted();
    List<PodLimit> all = new ArrayList<>(pods.size());
    int declared = podCapacity.declared().maxInFlight();
    // An operator who declares one has a pod that does one thing at a time, warm or cold.
    int least = declared > 0 ? Math.min(declared, IN_FLIGHT_LEAST) : IN_FLIGHT_LEAST;
    for (int i = 0; i < pods.size(); i++) {
      double open = warm[i];
      double most = Math.ceil(open * strengths[i] * inFlight - 1e-9);
      int cap = open == 0 ? 0 : (int) Math.max(least, most);
      PodSample pod = pods.get(i);
      double calls = hold.calls(pod, bears.requests() * Math.min(1, strengths[i]));
      boolean cold = calls > 0 || (open > 0 && open < 1);
      Warming missing = cold ? warmth.missing(pod, bears.requests()) : null;
      double trust = diagnosis.trust(pod.pod());
      double ill = diagnosis.illSeconds(pod.pod());
      all.add(new PodLimit(pod.pod(), open, cap, cap, late, trust, ill, missing, calls));
    }
    return all;
  }

  private Figures figures(long now, Fleet fleet, PodCapacity.OfPod pod, Measures measures) {
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
        newcomerRate.spare(),
        newcomerRate.rate(),
        noShows.share(),
        measures.share(),
        correction.heldSeconds(now),
        correction.evidence(),
        diagnosis.ill(),
        diagnosis.ill().isEmpty() ? correction.advice() : Figures.Advice.FEW_PODS_ARE_ILL);
  }
}
