package dev.usher.provision;

import dev.usher.admission.Admission;
import dev.usher.admission.Figures;
import dev.usher.admission.Learnt;
import dev.usher.provision.Desired.Reason;
import dev.usher.provision.Desired.Terms;
import dev.usher.store.upstream.LiveState;
import org.jspecify.annotations.Nullable;

/**
 * The computation of how many pods one upstream should have, while this replica leads. What it
 * follows slowly it takes over from the last leader. Must be asked by one thread at a time.
 */
final class Reckoning {
  /** The length of a session in seconds that is assumed until it is measured. */
  static final double SESSION_SECONDS = 300;

  /** Pods that are colder than this say little about what warm ones bear. */
  private static final double WARM_ENOUGH = 0.8;

  private Sizing sizing;
  private final Smoothed trust;
  private final Smoothed sessionSeconds;
  private final Smoothed roomless = new Smoothed(0);
  private final Gain gain;
  private long steppedAt = Long.MIN_VALUE;
  private long enoughAt;
  private int knownBefore;

  /**
   * What is known at a tick.
   *
   * @param now milliseconds since 1970
   * @param admission the last decision on who may come in
   * @param known pods that exist, ready or not
   * @param scheduled pods that the schedule wants now
   * @param until when it wants another number, in milliseconds since 1970; 0 for never
   */
  record Seen(long now, Admission admission, Demand crowd, int known, int scheduled, long until) {
    /** With nothing scheduled. */
    Seen(long now, Admission admission, Demand crowd, int known) {
      this(now, admission, crowd, known, 0, 0);
    }
  }

  /** Goes on from what the last leader wrote; null if nothing is known of one. */
  Reckoning(Sizing sizing, @Nullable Desired before) {
    this.sizing = sizing;
    this.gain = new Gain(before);
    this.trust = new Smoothed(before == null ? 1 : before.learnt().trust());
    this.sessionSeconds =
        new Smoothed(before == null ? SESSION_SECONDS : before.learnt().sessionSeconds());
  }

  /** Takes over changed settings, from the next tick on. */
  void reconfigure(Sizing changed) {
    sizing = changed;
  }

  /** What an event's size is turned into pods by; null while it is unknown what a pod bears. */
  @Nullable Means means(Figures figures) {
    return figures.sessionsPerPod() <= 0
        ? null
        : new Means(strength(figures), sessionSeconds.value(), sizing);
  }

  /**
   * Of so many who would come into a room with so many inside, how many its limits let in in time.
   */
  long allowed(long comers, long inside, LiveState limits) {
    return Needs.allowed(comers, inside, limits, withinSeconds(), sessionSeconds.value());
  }

  private double withinSeconds() {
    return sizing.scaling().within().toMillis() / 1000.0;
  }

  /** What is wanted now; null while it is unknown what a pod bears. */
  @Nullable Desired decide(Seen seen) {
    Figures figures = seen.admission().figures();
    if (figures.sessionsPerPod() <= 0) {
      return null;
    }
    follow(seen, figures);
    Strength pods = strength(figures);
    int sessions = Needs.ofSessions(seen.crowd(), pods);
    Terms terms = new Terms(line(seen, pods), seen.scheduled(), sessions);
    int asked = Math.max(terms.queue(), terms.sessions());
    // Growth stops; pods that are there are not taken away for it.
    int gained = Math.min(asked, Math.max(gain.limit(), seen.known()));
    int raw = Math.max(gained, terms.schedule());
    int needed = sizing.scaling().clamp(raw);
    Reason reason =
        raw == gained && gained < asked ? Reason.PODS_ADD_NO_CAPACITY : reason(terms, raw, needed);
    return new Desired(
        Tolerance.said(needed, seen.known()),
        needed,
        terms,
        reason,
        seen.until(),
        new Desired.Pods(figures.readyPods(), seen.known(), shortSeconds(seen, needed)),
        new Desired.Learnt(trust.value(), sessionSeconds.value()));
  }

  private static Reason reason(Terms terms, int raw, int needed) {
    if (needed != raw) {
      return needed > raw ? Reason.MIN : Reason.MAX;
    }
    if (raw == terms.queue() && raw > 0) {
      return Reason.QUEUE;
    }
    return raw == terms.schedule() && raw > 0 ? Reason.SCHEDULE : Reason.SESSIONS;
  }

  private void follow(Seen seen, Figures figures) {
    long millis = steppedAt == Long.MIN_VALUE ? 0 : seen.now() - steppedAt;
    steppedAt = seen.now();
    if (figures.sessionSeconds() > 0) {
      sessionSeconds.follow(figures.sessionSeconds(), millis);
    }
    // If no rate is declared, what pods bear says nothing about requests outside sessions.
    boolean told = sizing.declared().requestsPerSecond() > 0;
    roomless.follow(told ? figures.roomless() / figures.requestsPerPod() : 0, millis);
    Learnt learnt = seen.admission().learnt();
    if (learnt == null) {
      return;
    }
    gain.see(figures.readyPods(), seen.known(), learnt, figures.advice());
    if (learnt.cause() == Learnt.Cause.NONE) {
      trust.follow(1, millis);
    } else if (Gain.isMeasured(learnt) && figures.warmPods() >= WARM_ENOUGH * figures.readyPods()) {
      // A cautious start is no measurement: by it, twice as many pods would be asked for.
      trust.follow(Math.min(1, figures.correction()), millis);
    }
  }

  private Strength strength(Figures figures) {
    return new Strength(
        figures.sessionsPerPod(),
        trust.value() * figures.learned(),
        sizing.tuning().surviveLossOf(),
        roomless.value() * figures.sessionsPerPod());
  }

  private int line(Seen seen, Strength pods) {
    Scaling scaling = sizing.scaling();
    double lasts = sessionSeconds.value();
    int wanted = Needs.ofLine(seen.crowd(), pods, withinSeconds(), lasts);
    // Pods that come when the line is gone help nobody.
    double useful = (scaling.podStart().toMillis() + sizing.tuning().warmUpMillis() / 2.0) / 1000.0;
    boolean late = Needs.throughSeconds(seen.crowd(), seen.admission().capacity(), lasts) < useful;
    return late ? Math.min(wanted, seen.known()) : wanted;
  }

  private long shortSeconds(Seen seen, int needed) {
    boolean oneCame = seen.known() > knownBefore;
    knownBefore = seen.known();
    if (needed <= seen.known() || oneCame || enoughAt == 0) {
      enoughAt = seen.now();
    }
    return (seen.now() - enoughAt) / 1000;
  }
}
