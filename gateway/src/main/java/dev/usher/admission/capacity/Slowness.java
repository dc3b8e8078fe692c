package dev.usher.admission.capacity;

/** Tells whether the pods are too slow, compared with what is usual for them. */
final class Slowness {
  private static final double SLOW = 2.0;
  private static final double NOT_SLOW = 1.5;

  /**
   * Nobody has said that anything beyond the declared holds, so there the first sign of slowness
   * counts.
   */
  private static final double NOT_SLOW_BEYOND = 1.35;

  /** A median up to this many times the limit may be chance: it must be seen twice. */
  private static final double SLOW_FOR_SURE = 1.2;

  /** A pod that says it is this full is too full. */
  static final double SATURATED = 1.0;

  /** From here on a pod is as full as it should get. */
  static final double NOT_SATURATED = 0.8;

  private static final double ERRORS_FEW = 0.01;
  private static final double CUT_MOST = 0.7;
  private static final double CUT_JAM = 0.95;

  private final AnswerWindow answers;
  private final Baseline baseline;

  private final Twice twice = new Twice();

  Slowness(AnswerWindow answers, Baseline baseline) {
    this.answers = answers;
    this.baseline = baseline;
  }

  boolean isSeen(AnswerWindow.Window window) {
    double base = baseline.seconds();
    return (base > 0 && window.median() > SLOW * base)
        || answers.saturation() >= SATURATED
        || answers.isJammed();
  }

  /** Whether the slowness is more than chance in one window. */
  boolean isSure(long now, AnswerWindow.Window window) {
    return window.median() > SLOW_FOR_SURE * SLOW * baseline.seconds()
        || answers.saturation() >= SATURATED
        || answers.isJammed()
        || twice.isSure(now, window);
  }

  /** Forgets what was seen, because it has been dealt with. */
  void forget() {
    twice.forget();
  }

  /** The factor to multiply the correction by. */
  double cut(AnswerWindow.Window window) {
    double base = baseline.seconds();
    double times = base > 0 ? window.median() / (SLOW * base) : 1;
    return times <= 1 ? CUT_JAM : Math.max(CUT_MOST, 1 - 0.1 * (times - 1));
  }

  /**
   * Whether there is no sign of slowness, nor of errors.
   *
   * @param beyond whether as much as declared, or more, is used
   */
  boolean isFar(AnswerWindow.Window window, boolean beyond) {
    double base = baseline.seconds();
    double slow = beyond ? NOT_SLOW_BEYOND : NOT_SLOW;
    return base > 0
        && window.median() < slow * base
        && window.errorShare() < ERRORS_FEW
        && answers.saturation() < NOT_SATURATED;
  }
}
