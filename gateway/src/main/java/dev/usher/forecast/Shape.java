package dev.usher.forecast;

/**
 * One guess of how the lengths of sessions are spread, and how well it told what was seen.
 *
 * <p>By Weibull's distribution: of shape 1 a session may end at any time, whatever its age; of a
 * higher shape the lengths differ less, of a lower one more. In a house that has just been filled
 * everything depends on it.
 */
final class Shape {
  /** Endings that are remembered, if they took longer than this. */
  private static final double REMEMBERED = 300;

  private static final double SHORT_SECONDS = 90;
  private static final double LONG_SECONDS = 900;

  /** With fewer, nothing can be told. */
  private static final double FEW = 10;

  /**
   * The guesses are remembered longer than the rate: only a change of the house tells them apart.
   */
  private static final double SCORED_SECONDS = 900;

  /** No distribution is quite right, so less is concluded than if one were. */
  private static final double TRUSTED = 0.5;

  private final double shape;
  private final Ages ages = new Ages();
  private double ended;
  private double squares;
  private double risk;
  private double score;

  Shape(double shape) {
    this.shape = shape;
  }

  /**
   * Takes in what happened in so many seconds.
   *
   * @param began sessions that began
   * @param ends sessions that ended
   * @param are sessions there are now
   */
  void see(double seconds, double began, double ends, double are) {
    double now = ages.risk(shape, seconds);
    if (now > 0) {
      if (ended >= FEW) {
        double expected = rate() * now;
        score += TRUSTED * (ends * Math.log(expected) - expected);
      }
      double forgets =
          Math.max(seconds / LONG_SECONDS, Math.min(seconds / SHORT_SECONDS, ends / REMEMBERED));
      double keep = Math.max(0, 1 - forgets);
      ended = keep * ended + ends;
      squares = keep * keep * squares + ends;
      risk = keep * risk + now;
    }
    score *= Math.exp(-seconds / SCORED_SECONDS);
    ages.end(ends, shape, seconds);
    ages.begin(began, seconds);
    ages.are(are);
  }

  /** Endings that were seen lately. */
  double ended() {
    return ended;
  }

  /** The square of how unsure the rate is by their number alone, as a part of it. */
  double variance() {
    return squares / (ended * ended);
  }

  /** The higher, the better it told what was seen. */
  double score() {
    return score;
  }

  private double rate() {
    return risk <= 0 ? 0 : ended / risk;
  }

  /** The sessions there are, as they go on from here. */
  Going going() {
    return new Going(ages.copy(), shape, rate());
  }

  /** Sessions that end and are followed by others. */
  static final class Going {
    private final Ages ages;
    private final double shape;
    private final double rate;

    Going(Ages ages, double shape, double rate) {
      this.ages = ages;
      this.shape = shape;
      this.rate = rate;
    }

    double sessions() {
      return ages.sessions();
    }

    /** How many end in so many seconds. */
    double end(double seconds) {
      return ages.passBy(rate, shape, seconds);
    }

    void begin(double count, double within) {
      ages.begin(count, within);
    }
  }
}
