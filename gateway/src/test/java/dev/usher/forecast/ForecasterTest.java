package dev.usher.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecasterTest {
  private static final double LASTS = 120;

  /** A house whose sessions last two minutes on average, and the line before it. */
  private static final class World {
    private final Forecaster forecaster = new Forecaster();
    private double bears = 1000;
    private double inside;
    private double waiting = 12_000;
    private double admitted;
    private long now = 1_000_000;
    private Forecast told = Forecast.NONE;

    void go(int seconds) {
      for (int i = 0; i < seconds; i++) {
        double ends = inside / LASTS;
        double comes = Math.max(0, Math.min(Math.min(100, waiting), bears - inside + ends));
        inside += comes - ends;
        waiting -= comes;
        admitted += comes;
        now += 1000;
        told = forecaster.step(crowd(), house());
      }
    }

    private Headcount crowd() {
      long all = Math.round(admitted);
      return new Headcount(now, Math.round(inside), Math.round(waiting), all, all, 0);
    }

    private House house() {
      return new House(Path.level(bears), Path.level(bears), new House.Pace(100, 100, 0), 0);
    }

    /** Seconds until this many are in, if nothing changes. */
    double truth(double people) {
      return people / (bears / LASTS);
    }

    WaitRange last() {
      WaitRange range = told.until(waiting);
      assertThat(range).isNotNull();
      return range;
    }
  }

  @Test
  void whileNobodyHasLeftOnlyThoseAreToldForWhomPlacesAreFree() {
    World world = new World();
    world.go(3);
    assertThat(world.told.until(100)).isNotNull();
    assertThat(world.told.until(2000)).isNull();
  }

  @Test
  void inAHouseThatDoesNotChangeTheTruthIsWithinANarrowRange() {
    World world = new World();
    world.go(400);
    for (double people : new double[] {500, 2000, world.waiting}) {
      double truth = 1000 * world.truth(people);
      WaitRange range = world.told.until(people);
      assertThat(range).isNotNull();
      assertThat((double) range.from()).isLessThan(truth);
      assertThat((double) range.to()).isGreaterThan(truth);
      assertThat(range.to() - range.from()).isLessThan((long) (0.4 * truth));
    }
  }

  @Test
  void fewPeopleAheadAreLessSureThanMany() {
    World world = new World();
    world.go(400);
    assertThat(width(world.told, 4)).isGreaterThan(2 * width(world.told, 4000));
  }

  private static double width(Forecast told, double people) {
    return (told.latest(people) - told.soonest(people)) / told.latest(people);
  }

  @Test
  void whatIsToldOfOnePersonChangesCalmlyWhenHalfOfTheHouseIsLost() {
    World world = new World();
    world.go(300);
    List<Double> ends = new ArrayList<>();
    ends.add(world.now / 1000.0 + world.last().to() / 1000.0);
    world.bears = 500;
    for (int i = 0; i < 240; i++) {
      world.go(1);
      ends.add(world.now / 1000.0 + world.last().to() / 1000.0);
    }
    for (int i = 1; i < ends.size(); i++) {
      // A tenth of the wait in a second would be a jump.
      assertThat(Math.abs(ends.get(i) - ends.get(i - 1)))
          .isLessThan(0.1 * (ends.get(i) - world.now / 1000.0 + 240));
    }
    double truth = 1000 * world.truth(world.waiting);
    assertThat((double) world.last().from()).isLessThan(truth);
    assertThat((double) world.last().to()).isGreaterThan(truth);
  }

  @Test
  void whoLeadsNextGoesOnFromWhatWasTold() {
    World world = new World();
    world.go(300);
    Forecaster next = new Forecaster();
    next.goOnFrom(Forecast.parse(world.told.text()));
    Forecast told = next.step(world.crowd(), world.house());
    assertThat(told.until(3000)).isEqualTo(Forecast.parse(world.told.text()).until(3000));
  }

  @Test
  void aStoreThatStartedOverIsMeasuredAnew() {
    World world = new World();
    world.go(300);
    world.admitted = 0;
    world.inside = 0;
    world.go(3);
    assertThat(world.forecaster.step(world.crowd(), world.house()).until(8000)).isNull();
  }
}
