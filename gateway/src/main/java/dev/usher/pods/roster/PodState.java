package dev.usher.pods.roster;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.pods.Pod;
import dev.usher.pods.PodFact;
import dev.usher.pods.PodTraits;
import dev.usher.pods.PodView;
import org.jspecify.annotations.Nullable;

/**
 * How one pod stands, and why: what its probes, its watcher and its answers said. Changes under the
 * roster's lock; what requests touch of it is {@link OpenPod}.
 */
final class PodState {
  /** A time that the next tick will fill in. */
  private static final long UNDATED = -1;

  private final OpenPod open;
  private final RecentAnswers lately;

  /** Most requests in flight from all replicas. */
  private int cap;

  private double warmth = 1;
  private PodTraits traits = PodTraits.NONE;
  private EjectionCause out = EjectionCause.NO;
  private long outUntil;
  private int life;

  /** Which pod it is, as a watcher of the pods says; null if only its probes tell of it. */
  private final @Nullable String identity;

  /** Restarts as last told, -1 while unknown. */
  private int restarts = -1;

  /** Whether the watcher of the pods allows it to be sent requests. */
  private boolean wanted = true;

  private boolean leaving;

  private long servedSeen;
  private long answeredAt = Long.MIN_VALUE / 2;
  private final PodAge age = new PodAge();
  private boolean everReady;

  /** Whether it has refused a connection since it was last seen ready. */
  private boolean refused;

  private final LastProbe word = new LastProbe();

  int goodProbes; // in a row
  int badProbes;
  boolean everProbed;

  /**
   * A pod that is probed for readiness, and may have this many requests until a tick says
   * otherwise.
   */
  PodState(Pod pod, int cap) {
    this(pod, cap, 1);
    open.load().limit(cap);
  }

  /**
   * A pod that has just been listed: it gets no request before a tick says how many it may have.
   */
  PodState(Pod pod, int cap, int life) {
    this.open = new OpenPod(pod, PodLabel.of(pod.toString()));
    this.lately = new RecentAnswers(open.count());
    this.cap = cap;
    this.life = life;
    this.identity = null;
  }

  /** A pod that has just come: it gets no request before a tick says how many it may have. */
  PodState(PodFact fact, int cap, int life) {
    String name = fact.life().isEmpty() ? fact.pod().toString() : fact.life();
    this.open = new OpenPod(fact.pod(), PodLabel.of(name));
    this.lately = new RecentAnswers(open.count());
    this.cap = cap;
    this.life = life;
    this.identity = fact.life();
    this.traits = fact.traits();
    this.wanted = false;
  }

  /** The part of it that requests touch. */
  OpenPod open() {
    return open;
  }

  Pod pod() {
    return open.pod();
  }

  PodTraits traits() {
    return traits;
  }

  /** Whether the fact is of this pod, and the pod has not been restarted since. */
  boolean lives(PodFact fact) {
    boolean same = restarts < 0 || fact.restarts() < 0 || restarts == fact.restarts();
    return identity == null || (identity.equals(fact.life()) && same);
  }

  void hear(PodFact fact) {
    restarts = fact.restarts() < 0 ? restarts : fact.restarts();
    traits = fact.traits();
    age.said(fact.readySince());
    wanted = fact.standing() == PodFact.Standing.READY;
    leaving = fact.standing() == PodFact.Standing.LEAVING;
    word.is(wanted ? "Kubernetes says that it is ready" : "Kubernetes says that it is not ready");
  }

  /** Notes that the pod is on a list: only probes and failed requests say how it stands. */
  void listed() {
    wanted = true;
  }

  boolean isLeaving() {
    return leaving;
  }

  /** When it was last seen to answer, as of the ticks. */
  long answeredAt() {
    return answeredAt;
  }

  /** Whether failed requests, and nothing else, keep it out. */
  boolean isOut() {
    return wanted && out != EjectionCause.NO;
  }

  /** Whether requests that got no answer, or a bad one, put it out. */
  boolean isOutByAnswers() {
    return out == EjectionCause.SILENT
        || out == EjectionCause.FAILING
        || out == EjectionCause.BREAKING;
  }

  /** Sets how much the pod may be given. Returns whether that is more than before. */
  boolean limit(PodLimit limit) {
    boolean more = open.load().limit(limit.share());
    open.load().trust(limit.trust());
    cap = limit.cap();
    warmth = limit.warmth();
    open.count().lateAfter(limit.lateMicros());
    return more;
  }

  boolean isReady() {
    return open.isReady();
  }

  boolean wasReady() {
    return everReady;
  }

  /** Keeps what was last heard of it. */
  LastProbe said(String words) {
    word.is(words);
    return word;
  }

  /** Notes that the probe got no connection, so the pod does not run. */
  void refuses() {
    refused = true;
  }

  /** Notes that a probe succeeded while the pod is ready. */
  void isWell() {
    refused = false;
    open.count().lives();
  }

  /** Lets the pod in: requests are sent to it. After refused connections it begins a new life. */
  void comeIn() {
    if (refused && everReady && identity == null) {
      life++;
      open.count().beginAnew();
      lately.forget();
      age.beginAnew();
    }
    refused = false;
    everReady = true;
    out = EjectionCause.NO;
    open.inARow.worked();
    open.ready(true);
  }

  /** Takes the pod out because it said that it is not ready. */
  void goOut() {
    open.ready(false);
  }

  /** Puts the pod out because requests to it failed. */
  void eject(EjectionCause why) {
    open.ready(false);
    out = why;
    refused |= why == EjectionCause.REFUSED;
    outUntil = UNDATED;
    goodProbes = 0;
  }

  /** Whether only a probe keeps it out. A process that was restarted need not wait out its time. */
  boolean mayComeIn(long now) {
    return wanted
        && (out == EjectionCause.NO || refused || (outUntil != UNDATED && now >= outUntil));
  }

  /** Dates what happened since the last tick. */
  void date(long now, OutlierEjection ejection) {
    lately.see(now);
    open.load().at(now);
    long answers = open.count().answers();
    if (answers != servedSeen) {
      servedSeen = answers;
      answeredAt = now;
    }
    if (isReady()) {
      age.readyAt(now);
    }
    if (outUntil == UNDATED && isOutByAnswers()) {
      outUntil = ejection.putOut(pod().toString(), now);
    }
  }

  PodSample sample(long now) {
    PodSample.Life which = new PodSample.Life(life, nameOfLife());
    return new PodSample(
        pod().toString(),
        which,
        isReady(),
        age.millis(now),
        open.count().inThisLife(),
        age.metReady() ? 1 : 0,
        traits.sessions(),
        open.count().calls().told());
  }

  OutlierEjection.Standing standing() {
    long failed = open.count().failed();
    long asked = open.count().answers() + failed;
    boolean failing = out == EjectionCause.FAILING;
    return new OutlierEjection.Standing(pod().toString(), isReady(), failing, asked, failed);
  }

  /**
   * Takes the first answer to a probe, which shows whether the pod served before anybody looked.
   */
  void meet(boolean isReady) {
    if (!everReady && identity == null && life == 1) {
      if (isReady) {
        age.meetReady();
      } else {
        age.meetUnready();
      }
    }
  }

  private String nameOfLife() {
    return identity == null || identity.isEmpty() || restarts < 0 ? "" : identity + "/" + restarts;
  }

  PodView view(long now) {
    boolean waits = out != EjectionCause.NO && !refused && outUntil != UNDATED;
    PodLoad load = open.load();
    return new PodView(
        pod(),
        isReady(),
        out.words(),
        waits ? Math.max(0, outUntil - now) : 0,
        load.inFlight(),
        cap,
        load.share(),
        load.inFlightMax(),
        life,
        load.trust(),
        warmth,
        open.count().inThisLife().answers(),
        lately.answers(),
        load.beyondMillis(),
        age.metUnready(),
        traits,
        word.words());
  }
}
