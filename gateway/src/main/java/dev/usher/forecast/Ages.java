package dev.usher.forecast;

/**
 * Sessions by how old they are, in a few dozen groups, so that a large house costs no more than a
 * small one. The oldest come first.
 */
final class Ages {
  private static final int MOST = 40;

  private double[] seconds = new double[MOST + 1];
  private double[] sessions = new double[MOST + 1];
  private int size;

  Ages copy() {
    Ages copy = new Ages();
    copy.seconds = seconds.clone();
    copy.sessions = sessions.clone();
    copy.size = size;
    return copy;
  }

  double sessions() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += sessions[i];
    }
    return sum;
  }

  /** New sessions, which began within so many seconds. */
  void begin(double count, double within) {
    if (count > 0) {
      seconds[size] = within / 2;
      sessions[size++] = count;
      if (size > MOST) {
        join();
      }
    }
  }

  /** Joins the two groups that differ least for their age. */
  private void join() {
    int least = 0;
    for (int i = 1; i < size - 1; i++) {
      least = apart(i) < apart(least) ? i : least;
    }
    double both = sessions[least] + sessions[least + 1];
    double part = both <= 0 ? 0 : sessions[least + 1] / both;
    seconds[least] += part * (seconds[least + 1] - seconds[least]);
    sessions[least] = both;
    size--;
    System.arraycopy(seconds, least + 2, seconds, least + 1, size - least - 1);
    System.arraycopy(sessions, least + 2, sessions, least + 1, size - least - 1);
  }

  private double apart(int i) {
    return (seconds[i] - seconds[i + 1]) / seconds[i];
  }

  /**
   * How much of what makes sessions of this shape end comes together in so many seconds; the rate
   * at which sessions end is a multiple of it.
   */
  double risk(double shape, double span) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += sessions[i] * risk(i, shape, span);
    }
    return sum;
  }

  private double risk(int i, double shape, double span) {
    return shape == 1 ? span : Math.pow(seconds[i] + span, shape) - Math.pow(seconds[i], shape);
  }

  /** So many sessions end, each the sooner the higher its risk, and the others get older. */
  void end(double count, double shape, double span) {
    double all = risk(shape, span);
    for (int i = 0; i < size; i++) {
      double ending = all <= 0 ? 0 : count * sessions[i] * risk(i, shape, span) / all;
      sessions[i] = Math.max(0, sessions[i] - ending);
      seconds[i] += span;
    }
  }

  /** Sessions end by this rate while the others get older. Returns how many. */
  double passBy(double rate, double shape, double span) {
    double ended = 0;
    for (int i = 0; i < size; i++) {
      // Whoever ends is followed by another at once, who may end as well: so no exponential here.
      double part = Math.min(1, rate * risk(i, shape, span));
      ended += part * sessions[i];
      sessions[i] -= part * sessions[i];
      seconds[i] += span;
    }
    return ended;
  }

  /** Makes them so many, if that is known better. */
  void are(double count) {
    double all = sessions();
    if (all <= 0) {
      size = 0;
      begin(count, 0);
      return;
    }
    for (int i = 0; i < size; i++) {
      sessions[i] *= count / all;
    }
  }
}
