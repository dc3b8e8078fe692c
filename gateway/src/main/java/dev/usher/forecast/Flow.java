package dev.usher.forecast;

import java.util.Arrays;

/** How many people are called by when, if things go on as they are expected to. */
final class Flow {
  private static final double STEP_LEAST = 0.5;
  private static final double STEP_PART = 0.02;

  /** Nobody is told a time beyond this. */
  static final double LONGEST_SECONDS = 6 * 3600;

  /** Nobody knows whether those who give up go on to do so. */
  private static final double LEAVE_SECONDS = 120;

  private final double sessions;
  private final House house;
  private final double used;

  /** Used is the part of what the house bears that is in use when it is full. */
  Flow(double sessions, House house, double used) {
    this.sessions = sessions;
    this.house = house;
    this.used = used;
  }

  /** Times at which so many have been called; infinite if that is not to be expected. */
  double[] until(double[] calls, Path bears, Endings.Measured ends) {
    double[] times = new double[calls.length];
    Arrays.fill(times, Double.POSITIVE_INFINITY);
    double inside = sessions;
    double called = 0;
    int next = 0;
    for (double at = 0; at < LONGEST_SECONDS && next < calls.length; ) {
      double step = Math.max(STEP_LEAST, STEP_PART * at);
      double ending = ends.perSecond() * inside;
      double borne = bears.at(at);
      double free = used * borne - inside;
      double more = inside - sessions - (borne - bears.at(0));
      double pace = house.pace().with(more, ending, borne / Math.max(1, bears.at(0)));
      double comes = Math.max(0, Math.min(pace, free / step + ending));
      inside += (comes - ending) * step;
      double gone = Math.exp(ends.leaving() * Math.min(at, LEAVE_SECONDS));
      double calledNow = comes / (1 - house.noShows()) * gone * step;
      while (next < calls.length && called + calledNow >= calls[next]) {
        times[next] = at + step * (calledNow <= 0 ? 1 : (calls[next] - called) / calledNow);
        next++;
      }
      called += calledNow;
      at += step;
    }
    return times;
  }
}
