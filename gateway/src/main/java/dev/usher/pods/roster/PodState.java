package dev.usher.pods.roster;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.pods.Pod;
import dev.usher.pods.PodFact;
import dev.usher.pods.PodTraits;
import dev.usher.pods.PodView;
import org.jspecify.annotations.Nullable;

/** What is known of one pod. The counts are lock-free; the rest changes under the roster's lock. */
public final class PodState {
  /** A time that the next tick will tell. */
  private static final long UNDATED = -1;

  private final Pod pod;
  private final long label;
  private final PodLoad load = new PodLoad();

  /** Most requests in flight from all replicas. */
  private volatile int cap;

  private volatile double warmth = 1;
  public final FailureStreak inARow = new FailureStreak();
  private final PodCount count = new PodCount();
  private final RecentAnswers lately = new RecentAnswers(count);
  private volatile boolean ready;

  /** Those who wait for a slot on this very pod; null while nobody ever did. */
  volatile @Nullable public SlotQueue line;

  private volatile PodTraits traits = PodTraits.NONE;

  // From here on, touched under the roster's lock only.
  private EjectionCause out = EjectionCause.NO;
  private long outUntil;
  private int life;

  /** Which pod it is, as who watches the pods says; null where only its probes do. */
  private final @Nullable String identity;

  /** As last told, -1 while unknown. */
  private int restarts = -1;

  /** Whether who watches the pods lets it be sent requests. */
  private boolean wanted = true;

  private boolean leaving;

  private long servedSeen;
  private long answeredAt = Long.MIN_VALUE / 2;
  private final PodAge age = new PodAge();
  private boolean everReady;

  /** Whether it refused a connection since it was last seen ready. */
  private boolean refused;

  private final LastProbe word = new LastProbe();

  int goodProbes; // in a row
  int badProbes;
  boolean everProbed;

  /** A pod that is asked whether it is ready, and may have so many requests until a tick. */
  PodState(Pod pod, int cap) {
    this(pod, cap, 1);
    load.limit(cap);
  }

  /** One that was listed just now: no request before a tick says how many it may have. */
  PodState(Pod pod, int cap, int life) {
    this.pod = pod;
    this.label = PodLabel.of(pod.toString());
    this.cap = cap;
    this.life = life;
    this.identity = null;
  }

  /** A pod that came just now: it gets no request before a tick says how many it may have. */
  PodState(PodFact fact, int cap, int life) {
    this.pod = fact.pod();
    this.label = PodLabel.of(fact.life().isEmpty() ? pod.toString() : fact.life());
    this.cap = cap;
    this.life = life;
    this.identity = fact.life();
    this.traits = fact.traits();
    this.wanted = false;
  }

  public Pod pod() {
    return pod;
  }

  public long label() {
    return label;
  }

  public boolean isAwaited() {
    SlotQueue now = line;
    return now != null && !now.isEmpty();
  }

  PodTraits traits() {
    return traits;
  }

  /** Whether it is this pod that is spoken of, and not started anew since. */
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

  /** It is one of a list: only probes and failed requests say how it stands. */
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

  /** Whether failed requests put it out, and nothing else. */
  boolean isOut() {
    return wanted && out != EjectionCause.NO;
  }

  /** Whether requests that got no answer, or a bad one, put it out. */
  boolean isOutByAnswers() {
    return out == EjectionCause.SILENT
        || out == EjectionCause.FAILING
        || out == EjectionCause.BREAKING;
  }

  /** What this replica has on it. */
  public PodLoad load() {
    return load;
  }

  /** Counts its answers. */
  public PodCount count() {
    return count;
  }

  /** Sets how much the pod may be given. Returns whether that is more than before. */
  boolean limit(PodLimit limit) {
    boolean more = load.limit(limit.share());
    load.trust(limit.trust());
    cap = limit.cap();
    warmth = limit.warmth();
    count.lateAfter(limit.lateMicros());
    return more;
  }

  public boolean isReady() {
    return ready;
  }

  boolean wasReady() {
    return everReady;
  }

  /** Keeps what was heard of it last. */
  LastProbe said(String words) {
    word.is(words);
    return word;
  }

  /** The probe got no connection: the pod does not run. */
  void refuses() {
    refused = true;
  }

  /** The pod was asked while it is ready, and all is well. */
  void isWell() {
    refused = false;
    count.lives();
  }

  /** It is sent requests from now on. After refused connections it begins a new life. */
  void comeIn() {
    if (refused && everReady && identity == null) {
      life++;
      count.beginAnew();
      lately.forget();
      age.beginAnew();
    }
    refused = false;
    everReady = true;
    out = EjectionCause.NO;
    inARow.worked();
    ready = true;
  }

  /** It said that it is not ready. */
  void goOut() {
    ready = false;
  }

  /** It is put out because requests to it failed. */
  void eject(EjectionCause why) {
    ready = false;
    out = why;
    refused |= why == EjectionCause.REFUSED;
    outUntil = UNDATED;
    goodProbes = 0;
  }

  /** Whether nothing but a probe keeps it out. A process that was started anew need not wait. */
  boolean mayComeIn(long now) {
    return wanted
        && (out == EjectionCause.NO || refused || (outUntil != UNDATED && now >= outUntil));
  }

  /** Puts a date to what happened since the last tick. */
  void date(long now, OutlierEjection ejection) {
    lately.see(now);
    load.at(now);
    long answers = count.answers();
    if (answers != servedSeen) {
      servedSeen = answers;
      answeredAt = now;
    }
    if (ready) {
      age.readyAt(now);
    }
    if (outUntil == UNDATED && isOutByAnswers()) {
      outUntil = ejection.putOut(pod.toString(), now);
    }
  }

  PodSample sample(long now) {
    PodSample.Life which = new PodSample.Life(life, nameOfLife());
    return new PodSample(
        pod.toString(),
        which,
        ready,
        age.millis(now),
        count.inThisLife(),
        age.metReady() ? 1 : 0,
        traits.sessions());
  }

  OutlierEjection.Standing standing() {
    long failed = count.failed();
    return new OutlierEjection.Standing(
        pod.toString(), ready, out == EjectionCause.FAILING, count.answers() + failed, failed);
  }

  /** By its first answer to a probe it served before anybody looked, or it did not. */
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
    return new PodView(
        pod,
        ready,
        out.words(),
        waits ? Math.max(0, outUntil - now) : 0,
        load.inFlight(),
        cap,
        load.share(),
        load.inFlightMax(),
        life,
        load.trust(),
        warmth,
        count.inThisLife().answers(),
        lately.answers(),
        load.beyondMillis(),
        age.metUnready(),
        traits,
        word.words());
  }
}
