package dev.usher.forecast;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells when people come in, step by step. What it tells of one person follows what is known
 * calmly: a time far away changes by little at each step.
 */
public final class Forecaster {
  /** Standard deviations within which about eight of ten waits end. */
  private static final double DEVIATIONS = 1.25;

  /** What is never known exactly, as a part of the wait. */
  private static final double UNKNOWN = 0.07;

  /** While nothing is known of how sessions end, so much of the free places is told of. */
  private static final double FREE_PART = 0.5;

  /** What is less sure than this, as a part of the wait, is not told. */
  private static final double SURE = 0.15;

  /** A visitor comes in when the page asks next, not when the turn comes. */
  private static final double ASKS_SECONDS = 2;

  /** The part of a wait in which what is told of it follows what is known. */
  private static final double CALM_PART = 1 / 12.0;

  /** For so long what another leader told stands while too little is measured here. */
  private static final long INHERITED_MILLIS = 120_000;

  private static final double CALM_LEAST = 2;
  private static final double CALM_MOST = 15;

  private final Lengths lengths = new Lengths();
  private final FullUse used = new FullUse();
  private Forecast told = Forecast.NONE;
  private boolean inherits;
  private long inheritedAt = Long.MIN_VALUE;
  private @Nullable Headcount before;

  /** Goes on from what the last leader told, until enough is measured here. */
  public void goOnFrom(Forecast last) {
    told = last;
    inherits = last.size() > 0;
  }

  /** What can be told now. */
  public Forecast step(Headcount crowd, House house) {
    lengths.see(crowd);
    inheritedAt = inheritedAt == Long.MIN_VALUE ? crowd.now() : inheritedAt;
    inherits &= !lengths.known() && crowd.now() - inheritedAt < INHERITED_MILLIS;
    told = inherits ? later(crowd) : calmed(expected(crowd, house), crowd);
    before = crowd;
    return told;
  }

  /** What is expected now, whatever was told before. */
  private Forecast expected(Headcount crowd, House house) {
    double places = FREE_PART * Math.max(0, house.latest().at(0) - crowd.sessions());
    double[] people =
        IntStream.range(0, Forecast.knots(1.25 * crowd.waiting() + 10))
            .mapToDouble(Forecast::knot)
            .filter(each -> lengths.known() || each <= places)
            .toArray();
    double use = used.of(crowd, house);
    Middle soonest = new Middle(people.length);
    Middle latest = new Middle(people.length);
    Flow.People sooner = new Flow.People(use, lengths.leaving());
    Flow.People later = new Flow.People(use, lengths.leaving() / 2);
    for (Lengths.Guess each : lengths.guesses()) {
      Flow best = new Flow(house, house.soonest(), sooner, each.shape().going());
      Flow worst = new Flow(house, house.latest(), later, each.shape().going());
      soonest.add(each.weight(), best.until(people));
      latest.add(each.weight(), worst.until(people));
    }
    return around(people, soonest, latest, lengths.variance());
  }

  private static Forecast around(double[] people, Middle soonest, Middle latest, double measured) {
    double[] from = new double[people.length];
    double[] to = new double[people.length];
    int tells = 0;
    while (tells < people.length && latest.at(tells) < Double.POSITIVE_INFINITY) {
      double guessed = Math.max(soonest.variance(tells), latest.variance(tells)) + measured;
      if (guessed > SURE * SURE) {
        break;
      }
      double chance = 1 / Math.max(1, people[tells]);
      double spread = DEVIATIONS * Math.sqrt(UNKNOWN * UNKNOWN + chance + guessed);
      from[tells] = soonest.at(tells) * Math.exp(-spread);
      to[tells] = latest.at(tells) * Math.exp(spread) + ASKS_SECONDS;
      tells++;
    }
    return new Forecast(Arrays.copyOf(from, tells), Arrays.copyOf(to, tells));
  }

  /** What was told, as much later as it is now and for as many fewer people. */
  private Forecast later(Headcount crowd) {
    return moved(told, crowd, told);
  }

  private Forecast calmed(Forecast now, Headcount crowd) {
    return told.size() == 0 ? now : moved(now, crowd, told);
  }

  /** What was told, moved on by the time that passed and towards what is expected now. */
  private Forecast moved(Forecast now, Headcount crowd, Forecast was) {
    Headcount last = before;
    if (last == null) {
      return now;
    }
    double seconds = (crowd.now() - last.now()) / 1000.0;
    double calls = Math.max(0, crowd.called() - last.called());
    double[] soonest = new double[now.size()];
    double[] latest = new double[now.size()];
    for (int i = 0; i < now.size(); i++) {
      double people = Forecast.knot(i);
      double from = now.soonest(people);
      double to = now.latest(people);
      double ended = was.latest(people + calls) - seconds;
      if (Double.isInfinite(ended)) {
        soonest[i] = from;
        latest[i] = to;
        continue;
      }
      double follows = Math.min(CALM_MOST, Math.max(CALM_LEAST, CALM_PART * to));
      double part = now == was ? 0 : 1 - Math.exp(-seconds / follows);
      double began = Math.max(0, was.soonest(people + calls) - seconds);
      latest[i] = Math.max(0, ended + part * (to - ended));
      soonest[i] = Math.min(latest[i], began + part * (from - began));
    }
    return new Forecast(soonest, latest);
  }
}
