package dev.usher.admission.capacity;

import dev.usher.admission.Declared;
import dev.usher.admission.Figures;
import dev.usher.admission.Learnt;
import dev.usher.admission.Learnt.Cause;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.Traffic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The factor (k) by which measurements correct the declared capacity: cut when the pods fall behind
 * and raised slowly while they hold. It only trims; the main path from pods to capacity never waits
 * for it.
 */
final class Correction {
  /** Below this, something is broken that admitting fewer visitors does not mend. */
  static final double LEAST = 0.3;

  private static final double ERRORS_MANY = 0.05;

  /** Up to this share errors must be seen twice: if 3 % fail, three of fifty may by chance. */
  private static final double ERRORS_FOR_SURE = 0.1;

  /** A cut shows its effect after two to three seconds; one more before that is one too many. */
  private static final long CUT_AGAIN_MILLIS = 3000;

  /** How long a cut stays: a lasting bottleneck would else be tried again every few seconds. */
  private static final long RAISE_AGAIN_MILLIS = 15_000;

  private static final long STEP_MILLIS = 1000;
  private static final double RAISE = 0.02;
  private static final double CUT_ERRORS = 0.8;

  /** Sessions cannot be un-admitted: cutting far below them would merely take long to undo. */
  private static final double BELOW_SESSIONS = 0.9;

  /** When this full and healthy for long enough, the capacity is proven. */
  private static final double PROVEN_AT = 0.8;

  private static final double BINDS_AT = 0.9;
  static final long PROVEN_MILLIS = 60_000;

  /** How long more than the declared must hold to become the base of the next step upwards. */
  private static final long LEARN_MILLIS = 10_000;

  /** What is found beyond the declared is at most this many times as much. */
  private static final double LEARNED_MOST = 4;

  private Tuning tuning;
  private final AnswerWindow answers = new AnswerWindow();
  private final Baseline baseline;
  private final Slowness slowness;
  private final Twice failing = new Twice();
  private final FewAnswers few;
  private double evidence = Double.NaN;
  private double k;
  private double learned = 1;
  private final Proof proof = new Proof();
  private boolean jammed;

  /** Whether the pods were ever too slow, or failed, even if nothing could be cut for it. */
  private boolean slowed;

  private Cause cause;
  private long steppedAt = Long.MIN_VALUE / 2;
  private long cutAt = Long.MIN_VALUE / 2;
  private long boundSince = Long.MAX_VALUE;

  Correction(Tuning tuning, double declaredSeconds) {
    this.tuning = tuning;
    this.baseline = new Baseline(declaredSeconds);
    this.slowness = new Slowness(answers, baseline);
    this.few = new FewAnswers(answers, slowness);
    this.k = tuning.startAt();
    this.cause = k < 1 ? Cause.UNPROVEN : Cause.NONE;
  }

  /** Takes over what the leader has learnt. */
  void follow(long now, Learnt told) {
    evidence = Double.NaN;
    cutAt = now - (long) (1000 * told.sinceCutSeconds());
    k = told.correction();
    learned = told.learned();
    cause = told.cause();
    slowed = told.slowed();
    baseline.told(told.baselineSeconds());
  }

  /**
   * Takes over changed options; what was found stays. Until something is found the start is a mere
   * assumption, so a bolder one takes effect at once.
   */
  void reconfigure(Tuning changed, double declaredSeconds) {
    tuning = changed;
    learned = changed.learnUpTo() > 1 ? learned : 1;
    baseline.reconfigure(declaredSeconds);
    if (cause == Cause.UNPROVEN && !slowed) {
      k = Math.max(k, changed.startAt());
    }
    k = Math.min(k, Math.max(1, changed.learnUpTo()));
    if (k >= 1 && cause == Cause.UNPROVEN) {
      cause = Cause.NONE;
    }
  }

  /**
   * Takes in that some or all of what was found beyond the declared is now declared: counting it
   * twice would cause the outage. The factor stays, so an operator who declares more lets more in
   * at once.
   */
  void declaredAnew(Declared before, Declared now) {
    learned = Math.min(learned, Math.max(1, learned / now.timesAsMuchAs(before)));
    if (!now.equals(before)) {
      proof.refute();
    }
  }

  /**
   * Hears the version of most pods, and whether it is remembered to bear what is declared.
   * Measurements made here count for more: only a start that nothing has touched is lifted.
   */
  void meet(@Nullable String template, boolean provenBefore) {
    proof.meet(template);
    if (provenBefore && cause == Cause.UNPROVEN && !slowed) {
      k = 1;
      cause = Cause.NONE;
    }
  }

  /**
   * Takes one step a second, whatever the tick.
   *
   * @param ill pods whose answers and errors say nothing about the others
   */
  void step(long now, PodsSeen seen, List<String> ill, Fullness full) {
    if (now - steppedAt < STEP_MILLIS) {
      return;
    }
    steppedAt = now;
    answers.add(now, seen.traffic(), seen.parts());
    answers.leaveOut(ill);
    evidence = few.weight();
    AnswerWindow.Window window = answers.window();
    if (window == null || !full.fresh()) {
      // Too little to go by: nothing is raised blindly, and nothing is cut by chance.
      unsettle();
      recover(now, seen.traffic(), full);
      return;
    }
    if (window.answers() > 0) {
      baseline.seen(now, window.median(), full.busy(), full.fleet().isWarm());
    }
    if (window.errorShare() > ERRORS_MANY) {
      if (window.errorShare() > ERRORS_FOR_SURE || failing.isSure(now, window)) {
        cut(now, CUT_ERRORS, Cause.ERRORS, full);
      } else {
        unsettle();
      }
    } else if (slowness.isSeen(window)) {
      if (slowness.isSure(now, window)) {
        cut(now, slowness.cut(window), Cause.LATENCY, full);
      } else {
        unsettle();
      }
    } else if (slowness.isFar(window, k * learned >= 1)) {
      hold(now, full, ill.isEmpty());
    } else {
      unsettle();
    }
  }

  private void unsettle() {
    boundSince = Long.MAX_VALUE;
    proof.interrupt();
  }

  /**
   * Raises the factor on few answers, but not beyond what is declared; few answers prove nothing.
   */
  private void recover(long now, Traffic traffic, Fullness full) {
    if (k < 1 && full.fresh() && mayRise(now, full)) {
      k = Math.min(1, k + RAISE * few.allow(traffic, k * learned >= 1));
      cause = k >= 1 ? Cause.NONE : cause;
    }
  }

  private boolean mayRise(long now, Fullness full) {
    return full.use() >= BINDS_AT && full.fleet().isWarmEnoughToLearn() && !wasCut(now);
  }

  private void cut(long now, double factor, Cause why, Fullness full) {
    slowed = true;
    unsettle();
    proof.refute();
    slowness.forget();
    failing.forget();
    if (now - cutAt < CUT_AGAIN_MILLIS) {
      return;
    }
    double floor = BELOW_SESSIONS * full.sessions() * k;
    double least = Math.max(LEAST, Math.min(k, floor));
    double next = Math.max(least, k * factor);
    if (next < k) {
      k = next;
      cause = why;
      jammed = answers.isJammed();
    }
    cutAt = now;
  }

  private void hold(long now, Fullness full, boolean whole) {
    boolean fullEnough = full.use() >= PROVEN_AT;
    proof.hold(now, fullEnough && whole && learned * k >= 1);
    double most = tuning.learnUpTo();
    boolean binds = full.use() >= BINDS_AT;
    boundSince = binds && k >= most - RAISE / 2 ? Math.min(boundSince, now) : Long.MAX_VALUE;
    if (mayRise(now, full)) {
      k = Math.min(most, k + RAISE);
    }
    if (now - boundSince >= LEARN_MILLIS && most > 1 && learned < LEARNED_MOST) {
      learned = Math.min(LEARNED_MOST, learned * k);
      k = 1;
      boundSince = Long.MAX_VALUE;
    }
    if (k >= 1) {
      cause = Cause.NONE;
    }
  }

  /** Whether a cut is so recent that its reason may still be there. */
  boolean wasCut(long now) {
    return now - cutAt < RAISE_AGAIN_MILLIS;
  }

  /** How many seconds a recent cut still stays. */
  double heldSeconds(long now) {
    return Math.max(0, cutAt + RAISE_AGAIN_MILLIS - now) / 1000.0;
  }

  /** The weight of the recent answers; see {@link Figures#evidence}. */
  double evidence() {
    return evidence;
  }

  private boolean isTooLow(long now) {
    return now - boundSince >= PROVEN_MILLIS;
  }

  double k() {
    return k;
  }

  /** Whether these pods have shown that they bear the whole of what is declared. */
  boolean proven() {
    return proof.holds();
  }

  double learned() {
    return learned;
  }

  /** Seconds since the last cut; a day if there was none. */
  double sinceCutSeconds(long now) {
    return Math.min(Learnt.LONGEST_SECONDS, Math.max(0, now - cutAt) / 1000.0);
  }

  boolean slowed() {
    return slowed;
  }

  Cause cause() {
    return cause;
  }

  double baselineSeconds() {
    return baseline.seconds();
  }

  double responseSeconds() {
    AnswerWindow.Window window = answers.window();
    return window == null ? 0 : window.median();
  }

  /** What the operator should change in the declaration. */
  Figures.Advice advice() {
    if (learned > 1 || (boundSince != Long.MAX_VALUE && isTooLow(steppedAt))) {
      return Figures.Advice.DECLARED_TOO_LOW;
    }
    if (jammed && k < 1) {
      return Figures.Advice.PODS_ADD_NO_CAPACITY;
    }
    return k < PROVEN_AT && (cause == Cause.LATENCY || cause == Cause.ERRORS)
        ? Figures.Advice.DECLARED_TOO_HIGH
        : Figures.Advice.NONE;
  }
}
