package dev.usher.forecast;

import java.util.Arrays;

/** How many people are called by when, if things go on as they are expected to. */
final class Flow {
  private static final double STEP_LEAST = 0.5;
  private static final double STEP_PART = 0.04;

  /** In one step not more than this part of the sessions ends. */
  private static final double STEP_ENDS = 0.08;

  /** Once so many sessions have followed one another, nothing changes any more. */
  private static final double SETTLED = 4;

  /** Nobody is told a time beyond this. */
  static final double LONGEST_SECONDS = 6 * 3600;

  /** Nobody knows whether those who give up go on to do so. */
  private static final double LEAVE_SECONDS = 120;

  private final House house;
  private final Path bears;
  private final People people;
  private final Shape.Going inside;
  private final double before;
  private double at;
  private double called;
  private double ended;
  private double lived;

  /**
   * What is known of people.
   *
   * @param used the part of what the house bears that is in use when it is full
   * @param leaving the part of those who wait that gives up in a second
   */
  record People(double used, double leaving) {}

  /**
   * @param bears what the house bears
   * @param inside the sessions there are
   */
  Flow(House house, Path bears, People people, Shape.Going inside) {
    this.house = house;
    this.bears = bears;
    this.people = people;
    this.inside = inside;
    this.before = inside.sessions();
  }

  /** Times at which so many have been called; infinite if that is not to be expected. */
  double[] until(double[] calls) {
    double[] times = new double[calls.length];
    Arrays.fill(times, Double.POSITIVE_INFINITY);
    int next = 0;
    double halfAt = 0;
    double halfCalled = 0;
    while (next < calls.length && at < LONGEST_SECONDS && at < settledAt()) {
      double from = at;
      double had = called;
      step();
      while (next < calls.length && called >= calls[next]) {
        times[next] = from + (at - from) * (calls[next] - had) / (called - had);
        next++;
      }
      if (at < settledAt() - 0.5 * SETTLED / hazard()) {
        halfAt = at;
        halfCalled = called;
      }
    }
    double rate = (called - halfCalled) / (at - halfAt);
    for (; next < calls.length && rate > 0; next++) {
      double time = at + (calls[next] - called) / rate;
      times[next] = time < LONGEST_SECONDS ? time : Double.POSITIVE_INFINITY;
    }
    return times;
  }

  /** The part of the sessions that ends in a second, on average. */
  private double hazard() {
    return ended / lived;
  }

  private double settledAt() {
    return ended <= 0 ? LONGEST_SECONDS : bears.end() + SETTLED / hazard();
  }

  private void step() {
    double calm = ended <= 0 ? Double.POSITIVE_INFINITY : STEP_ENDS / hazard();
    double step = Math.max(STEP_LEAST, Math.min(calm, STEP_PART * at));
    double borne = bears.at(at);
    double sessions = inside.sessions();
    double ending = inside.end(step) / step;
    double more = sessions - before - (borne - bears.at(0));
    double pace = house.pace().with(more, ending, borne / Math.max(1, bears.at(0)));
    double free = people.used() * borne - sessions;
    double comes = Math.max(0, Math.min(pace, free / step + ending));
    inside.begin(comes * step, step);
    double gone = Math.exp(people.leaving() * Math.min(at, LEAVE_SECONDS));
    called += comes / (1 - house.noShows()) * gone * step;
    ended += ending * step;
    lived += sessions * step;
    at += step;
  }
}
