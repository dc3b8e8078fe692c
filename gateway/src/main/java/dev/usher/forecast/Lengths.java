package dev.usher.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How long sessions last and how soon people who wait give up, by what was seen so far. */
final class Lengths {
  private static final double[] SHAPES = {0.75, 1, 1.35, 1.8, 2.5, 4};

  /** How likely each is before anything was seen. */
  private static final double[] BEFORE = {0.1, 0.35, 0.25, 0.15, 0.1, 0.05};

  /** What is less likely than this is left out. */
  private static final double UNLIKELY = 0.02;

  /** With fewer endings nothing can be told. */
  private static final double FEW = 25;

  /** How unsure it is before that, as a part of the rate. */
  private static final double UNMEASURED = 0.14;

  private static final double LEAVING_SECONDS = 90;

  private Shape[] shapes = {};
  private double waits;
  private double leaves;
  private @Nullable Headcount last;

  /**
   * One way in which it may go on.
   *
   * @param weight how likely it is; all of them are 1 together
   */
  record Guess(double weight, Shape shape) {}

  /** Takes in a step. Counts that fell are those of a store that started over. */
  void see(Headcount crowd) {
    Headcount before = last;
    last = crowd;
    boolean over = before == null || crowd.admitted() < before.admitted();
    boolean idle = before != null && crowd.sessions() == 0 && crowd.admitted() == before.admitted();
    if (before == null || over || idle) {
      forget(crowd);
      return;
    }
    double seconds = (crowd.now() - before.now()) / 1000.0;
    if (seconds <= 0) {
      return;
    }
    double began = (double) crowd.admitted() - before.admitted();
    double ends = Math.max(0, began - (crowd.sessions() - before.sessions()));
    for (Shape shape : shapes) {
      shape.see(seconds, began, ends, (double) crowd.sessions());
    }
    double keep = Math.exp(-seconds / LEAVING_SECONDS);
    waits = keep * waits + seconds * crowd.waiting();
    leaves = keep * leaves + Math.max(0, crowd.left() - before.left());
  }

  private void forget(Headcount crowd) {
    shapes = Arrays.stream(SHAPES).mapToObj(Shape::new).toArray(Shape[]::new);
    for (Shape shape : shapes) {
      shape.see(0, (double) crowd.sessions(), 0, (double) crowd.sessions());
    }
    waits = 0;
    leaves = 0;
  }

  /** Whether it was measured by enough endings. */
  boolean known() {
    return shapes.length > 0 && shapes[0].ended() >= FEW;
  }

  /** The square of how unsure the rate is at which sessions end, as a part of it. */
  double variance() {
    return known() ? shapes[0].variance() : UNMEASURED * UNMEASURED;
  }

  /** The part of those who wait that gives up in a second. */
  double leaving() {
    return waits <= 0 ? 0 : leaves / waits;
  }

  /** The ways in which it may go on. */
  List<Guess> guesses() {
    double best = Arrays.stream(shapes).mapToDouble(Shape::score).max().orElse(0);
    double[] weights = new double[shapes.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = BEFORE[i] * Math.exp(shapes[i].score() - best);
    }
    double all = Arrays.stream(weights).sum();
    double likely = Arrays.stream(weights).filter(each -> each >= UNLIKELY * all).sum();
    return IntStream.range(0, weights.length)
        .filter(i -> weights[i] >= UNLIKELY * all)
        .mapToObj(i -> new Guess(weights[i] / likely, shapes[i]))
        .toList();
  }
}
