package dev.usher.admission.capacity;

import dev.usher.admission.Declared;
import dev.usher.admission.Learnt;
import dev.usher.admission.Observation;
import dev.usher.admission.QueueCounts;
import dev.usher.admission.Traffic;
import dev.usher.admission.capacity.TickHistory.Mark;

/**
 * The measurement of what visitors do. The store knows how many sessions there are on all replicas,
 * and this replica knows its own requests; the share of the pods' answers that went through it
 * tells how much of the whole it sees.
 */
final class Meter {
  /** A session's first pages come fast; after this long it counts as settled. */
  static final long FIRST_MILLIS = 5000;

  private static final long WINDOW_MILLIS = 30_000;

  /**
   * Window of first requests: shorter, because newcomers at an opening behave differently from
   * later ones.
   */
  private static final long FIRST_WINDOW_MILLIS = 20_000;

  /** A newcomer's first requests are taken to come evenly within this time. */
  private static final long FIRST_SPREAD_MILLIS = FIRST_MILLIS / 2;

  private static final long NOW_MILLIS = 3000;

  /** Requests from which the rate is known to some 3 %. */
  private static final int SETTLED_ENOUGH = 1500;

  private static final int ENDED_NEEDS = 20;

  /**
   * An assumption counts as much as this many seconds of sessions or, below, this many sessions.
   */
  private static final double ASSUMED_SECONDS = 200;

  private static final double ASSUMED_SESSIONS = 20;

  /** First requests of a newcomer, a page with its parts; measured after a few visitors. */
  private static final double FIRST_ASSUMED = 5;

  /** One request in ten seconds, like somebody who reads. */
  private static final double PER_SESSION_ASSUMED = 0.1;

  private double assumedPerSession;
  private double assumedPerSettled;
  private double assumedFirst = FIRST_ASSUMED;
  private final TickHistory history;
  private double share = 1;

  Meter(Declared declared, TickHistory history) {
    reconfigure(declared);
    this.history = history;
  }

  private static double assumed(Declared declared) {
    boolean both = declared.sessions() > 0 && declared.requestsPerSecond() > 0;
    return both ? declared.requestsPerSecond() / declared.sessions() : PER_SESSION_ASSUMED;
  }

  /** Takes over a changed declaration, assumed where too little was measured. */
  void reconfigure(Declared changed) {
    assumedPerSession = assumed(changed);
    assumedPerSettled = assumedPerSession;
  }

  /** Assumes what the leader has measured. */
  void follow(Learnt told) {
    assumedPerSession = told.perSession();
    assumedPerSettled = told.perSettled();
    assumedFirst = told.first();
  }

  Measures measure(Observation seen) {
    Traffic traffic = seen.seen().traffic();
    QueueCounts queue = seen.queue();
    forgetIfNew(queue);
    Mark before = history.isEmpty() ? new Mark(seen.now(), traffic, queue, 0, 0) : history.newest();
    double millis = Math.max(0, seen.now() - before.now());
    double settled = settled(queue);
    history.add(
        new Mark(
            seen.now(),
            traffic,
            queue,
            before.sessionMillis() + queue.sessions() * millis,
            before.settledMillis() + settled * millis));
    share = Double.isNaN(seen.seen().share()) ? share : seen.seen().share();
    Mark now = history.newest();
    Mark then = history.ago(WINDOW_MILLIS);
    Mark enough = history.since(FIRST_MILLIS, WINDOW_MILLIS, this::tellsEnough);
    Mark lately = history.ago(NOW_MILLIS);
    return new Measures(
        share,
        settled,
        perSettled(now, enough),
        perSession(now, then),
        first(now),
        sessionSeconds(now),
        ending(now),
        rate(now, lately, traffic.requests() - lately.traffic().requests()),
        rate(now, lately, traffic.roomless() - lately.traffic().roomless()));
  }

  /** Forgets the past if the counts are of another source, or of a store that started over. */
  private void forgetIfNew(QueueCounts queue) {
    if (!history.isEmpty()) {
      QueueCounts last = history.newest().queue();
      if (last.counted() != queue.counted() || queue.admitted() < last.admitted()) {
        history.clear();
      }
    }
  }

  private double settled(QueueCounts queue) {
    if (history.isEmpty()) {
      return queue.sessions();
    }
    long young = queue.admitted() - history.ago(FIRST_MILLIS).queue().admitted();
    return Math.max(0, queue.sessions() - Math.max(0, young));
  }

  /** Whether enough requests have come since for chance hardly to matter. */
  private boolean tellsEnough(Mark then) {
    return history.newest().traffic().settled() - then.traffic().settled() >= SETTLED_ENOUGH;
  }

  private double perSettled(Mark now, Mark then) {
    return perSecond(
        assumedPerSettled,
        now.traffic().settled() - then.traffic().settled(),
        now.settledMillis() - then.settledMillis());
  }

  private double perSession(Mark now, Mark then) {
    return perSecond(
        assumedPerSession,
        now.traffic().settled()
            - then.traffic().settled()
            + now.traffic().first()
            - then.traffic().first(),
        now.sessionMillis() - then.sessionMillis());
  }

  /** Requests a second of one session, of which this replica sees only its share. */
  private double perSecond(double assumed, long requests, double millis) {
    double seconds = share * millis / 1000;
    return (assumed * ASSUMED_SECONDS + requests) / (ASSUMED_SECONDS + seconds);
  }

  /**
   * First requests of a newcomer. One who came just now has sent only a part of them, and counts by
   * that part.
   */
  private double first(Mark now) {
    Mark then = history.ago(FIRST_WINDOW_MILLIS);
    double sessions = share * history.admittedOver(FIRST_WINDOW_MILLIS, FIRST_SPREAD_MILLIS);
    long requests = now.traffic().first() - then.traffic().first();
    return Math.max(
        1, (assumedFirst * ASSUMED_SESSIONS + requests) / (ASSUMED_SESSIONS + sessions));
  }

  /** Sessions that end a second. */
  private double ending(Mark now) {
    Mark then = history.ago(WINDOW_MILLIS);
    double seconds = (now.now() - then.now()) / 1000.0;
    long ended =
        now.queue().admitted()
            - then.queue().admitted()
            - (now.queue().sessions() - then.queue().sessions());
    return seconds <= 0 ? 0 : Math.max(0, ended) / seconds;
  }

  private double sessionSeconds(Mark now) {
    Mark then = history.ago(2 * WINDOW_MILLIS);
    long ended =
        now.queue().admitted()
            - then.queue().admitted()
            - (now.queue().sessions() - then.queue().sessions());
    return ended < ENDED_NEEDS ? 0 : (now.sessionMillis() - then.sessionMillis()) / 1000 / ended;
  }

  /** Requests here between two marks, as requests a second on all replicas. */
  private double rate(Mark now, Mark then, long requests) {
    return now.now() == then.now() ? 0 : requests * 1000.0 / (now.now() - then.now()) / seenShare();
  }

  /**
   * The share seen, with a minimum: a replica that sees next to nothing cannot tell the whole from
   * it.
   */
  private double seenShare() {
    return Math.max(0.05, share);
  }
}
