package dev.usher.admission;

/**
 * One pod as it was seen at a tick.
 *
 * @param pod its name
 * @param life its current life; a new one starts cold
 * @param ready whether requests may be sent to it: ready, not terminating, not ejected
 * @param age milliseconds since it became ready in this life
 * @param done what it did in this life, for all replicas as far as known
 * @param warmth its warmth as known from elsewhere, 0 to 1: 0 if unknown, 1 if it is warm
 * @param sessions sessions that it bears when warm, 0 for as many as any other
 * @param calls how far this replica's own calls have warmed it
 */
public record PodSample(
    String pod,
    Life life,
    boolean ready,
    long age,
    Done done,
    double warmth,
    int sessions,
    WarmUpCalls calls) {
  /** A pod that this replica does not call. */
  // Rule zero: what a pod is, without what most pods do not have.
  public PodSample(
      String pod, Life life, boolean ready, long age, Done done, double warmth, int sessions) {
    this(pod, life, ready, age, done, warmth, sessions, WarmUpCalls.NONE);
  }

  /** A pod of which only this replica knows anything. */
  public PodSample(
      String pod, int life, boolean ready, boolean warmed, long age, long served, int sessions) {
    this(pod, new Life(life, ""), ready, age, new Done(served, 0, 0), warmed ? 1 : 0, sessions);
  }

  /** A pod of which only this replica knows anything, and which bears as much as any other. */
  public PodSample(String pod, int life, boolean ready, boolean warmed, long age, long served) {
    this(pod, life, ready, warmed, age, served, 0);
  }

  public PodSample {
    if (age < 0 || sessions < 0) {
      throw new IllegalArgumentException(
          "age and sessions must be at least 0 but were " + age + " and " + sessions);
    }
    if (!(warmth >= 0 && warmth <= 1)) {
      throw new IllegalArgumentException("warmth must be from 0 to 1 but was " + warmth);
    }
  }

  /**
   * One life of a pod.
   *
   * @param number rises with each life that this replica saw begin
   * @param name name of this life, as a watcher of the pods says; "" if only probes tell of the pod
   */
  public record Life(int number, String name) {}

  /**
   * What a pod did since its life began.
   *
   * @param answers requests that it answered
   * @param late those of the answers that took longer than a healthy pod's would, see {@link
   *     PodLimit#lateMicros}
   * @param failed requests that it failed
   */
  public record Done(long answers, long late, long failed) {
    public static final Done NOTHING = new Done(0, 0, 0);

    /** A pod with half of its answers late is not calm. */
    public static final double LATE_SOME = 0.5;

    /** The late share of a pod that takes twice as long as it should. */
    public static final double LATE_MANY = 0.65;

    public static final double FAILED_SOME = 0.05;

    public Done {
      if (answers < 0 || late < 0 || failed < 0) {
        throw new IllegalArgumentException(
            "answers, late and failed must be at least 0 but were "
                + (answers + ", " + late + ", " + failed));
      }
    }

    /** The work since the earlier counts. */
    public Done since(Done earlier) {
      return new Done(
          Math.max(0, answers - earlier.answers),
          Math.max(0, late - earlier.late),
          Math.max(0, failed - earlier.failed));
    }

    /** Requests that came to an end, answered or failed. */
    public long requests() {
      return answers + failed;
    }

    /** Whether too many failed, or as many are late as of a pod that takes twice as long. */
    public boolean isIll() {
      return failedShare() > FAILED_SOME || lateShare() > LATE_MANY;
    }

    /** Whether no more are late than of a calm pod; failures do not matter here. */
    public boolean isInTime() {
      return lateShare() < LATE_SOME;
    }

    public double failedShare() {
      return failed / (double) Math.max(1, requests());
    }

    public double lateShare() {
      return late / (double) Math.max(1, answers);
    }

    /** The sum of both. */
    public Done plus(Done more) {
      return new Done(answers + more.answers, late + more.late, failed + more.failed);
    }
  }

  /** What it did for visitors. Its answers to our own calls warm it, and show nothing else. */
  public Done forVisitors() {
    return calls.answers() == 0
        ? done
        : new Done(Math.max(0, done.answers() - calls.answers()), done.late(), done.failed());
  }

  /** Requests that the pod answered. */
  public long served() {
    return done.answers();
  }

  /** The pod as not ready, for when something else is known of its readiness. */
  public PodSample unready() {
    return new PodSample(pod, life, false, age, done, warmth, sessions, calls);
  }
}
