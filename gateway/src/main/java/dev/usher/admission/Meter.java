package dev.usher.admission;

import dev.usher.admission.Chronicle.Mark;

/**
 * Measures what visitors do. The store knows how many sessions there are on all replicas, and this
 * replica knows its own requests; how many of the admitted came by it says what share it sees. So
 * replicas need not tell each other anything.
 */
final class Meter {
  /** A session's first pages come fast; after so long it is settled. */
  static final long FIRST_MILLIS = 5000;

  private static final long WINDOW_MILLIS = 30_000;
  private static final long NOW_MILLIS = 3000;

  /** Fewer admissions in a minute say too little of this replica's share. */
  private static final int SHARE_NEEDS = 50;

  private static final int ENDED_NEEDS = 20;

  /** What is assumed counts as much as this many seconds of sessions, or this many sessions. */
  private static final double ASSUMED_SECONDS = 200;

  private static final double ASSUMED_SESSIONS = 20;

  /** A page with its parts; measured after a few visitors. */
  private static final double FIRST_ASSUMED = 5;

  /** One request in ten seconds, of somebody who reads. */
  private static final double PER_SESSION_ASSUMED = 0.1;

  private double assumedPerSession;
  private final Chronicle chronicle;
  private double share = 1;

  Meter(Declared declared, Chronicle chronicle) {
    this.assumedPerSession = assumed(declared);
    this.chronicle = chronicle;
  }

  private static double assumed(Declared declared) {
    boolean both = declared.sessions() > 0 && declared.requestsPerSecond() > 0;
    return both ? declared.requestsPerSecond() / declared.sessions() : PER_SESSION_ASSUMED;
  }

  /** Assumes what this says, where too little was measured. */
  void take(Declared changed) {
    assumedPerSession = assumed(changed);
  }

  Measures measure(Observation seen) {
    Traffic traffic = seen.seen().traffic();
    QueueCounts queue = seen.queue();
    forgetIfNew(queue);
    Mark before =
        chronicle.isEmpty() ? new Mark(seen.now(), traffic, queue, 0, 0) : chronicle.newest();
    double millis = Math.max(0, seen.now() - before.now());
    double settled = settled(queue);
    chronicle.add(
        new Mark(
            seen.now(),
            traffic,
            queue,
            before.sessionMillis() + queue.sessions() * millis,
            before.settledMillis() + settled * millis));
    share = share();
    Mark now = chronicle.newest();
    Mark then = chronicle.ago(WINDOW_MILLIS);
    Mark lately = chronicle.ago(NOW_MILLIS);
    return new Measures(
        share,
        settled,
        perSettled(now, then),
        perSession(now, then),
        first(now, then),
        sessionSeconds(now),
        rate(now, lately, traffic.requests() - lately.traffic().requests()),
        rate(now, lately, traffic.roomless() - lately.traffic().roomless()));
  }

  /** Counts of another source, or of a store that began anew, have nothing to do with the last. */
  private void forgetIfNew(QueueCounts queue) {
    if (!chronicle.isEmpty()) {
      QueueCounts last = chronicle.newest().queue();
      if (last.counted() != queue.counted() || queue.admitted() < last.admitted()) {
        chronicle.clear();
      }
    }
  }

  private double settled(QueueCounts queue) {
    if (chronicle.isEmpty()) {
      return queue.sessions();
    }
    long young = queue.admitted() - chronicle.ago(FIRST_MILLIS).queue().admitted();
    return Math.max(0, queue.sessions() - Math.max(0, young));
  }

  private double share() {
    Mark now = chronicle.newest();
    Mark then = chronicle.ago(2 * WINDOW_MILLIS);
    long all = now.queue().admitted() - then.queue().admitted();
    long here = now.queue().admittedHere() - then.queue().admittedHere();
    return all < SHARE_NEEDS ? share : Math.min(1, Math.max(0, here / (double) all));
  }

  private double perSettled(Mark now, Mark then) {
    return perSecond(
        now.traffic().settled() - then.traffic().settled(),
        now.settledMillis() - then.settledMillis());
  }

  private double perSession(Mark now, Mark then) {
    return perSecond(
        now.traffic().settled()
            - then.traffic().settled()
            + now.traffic().first()
            - then.traffic().first(),
        now.sessionMillis() - then.sessionMillis());
  }

  /** Requests a second of one session, of which this replica sees its share only. */
  private double perSecond(long requests, double millis) {
    double seconds = share * millis / 1000;
    return (assumedPerSession * ASSUMED_SECONDS + requests) / (ASSUMED_SECONDS + seconds);
  }

  private double first(Mark now, Mark then) {
    // The requests of a newcomer come within five seconds: half of them after half of that.
    Mark lately = chronicle.ago(FIRST_MILLIS / 2);
    Mark earlier = chronicle.ago(WINDOW_MILLIS + FIRST_MILLIS / 2);
    double sessions = share * (lately.queue().admitted() - earlier.queue().admitted());
    long requests = now.traffic().first() - then.traffic().first();
    return Math.max(
        1, (FIRST_ASSUMED * ASSUMED_SESSIONS + requests) / (ASSUMED_SESSIONS + sessions));
  }

  private double sessionSeconds(Mark now) {
    Mark then = chronicle.ago(2 * WINDOW_MILLIS);
    long ended =
        now.queue().admitted()
            - then.queue().admitted()
            - (now.queue().sessions() - then.queue().sessions());
    return ended < ENDED_NEEDS ? 0 : (now.sessionMillis() - then.sessionMillis()) / 1000 / ended;
  }

  /** So many requests here between two marks, as requests a second on all replicas. */
  private double rate(Mark now, Mark then, long requests) {
    return now.now() == then.now() ? 0 : requests * 1000.0 / (now.now() - then.now()) / seenShare();
  }

  /** Who sees next to nothing cannot tell the whole from it. */
  private double seenShare() {
    return Math.max(0.05, share);
  }
}
