package dev.usher.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForecasterTest {
  /** How the lengths of sessions are spread; all last two minutes on average. */
  enum Lasting {
    /** A session may end at any time. */
    ANYHOW,
    /** Most people do the same. */
    ALIKE,
    /** Everybody does the same. */
    FIXED,
    /** Many look round, some stay for long. */
    MIXED;

    /** The part of the sessions that gets so old. */
    double lives(double age) {
      return switch (this) {
        case ANYHOW -> Math.exp(-age / LASTS);
        case ALIKE -> Math.exp(-Math.pow(age / (LASTS / 0.893), 3));
        case FIXED -> Math.min(1, Math.max(0, (1.25 * LASTS - age) / (0.5 * LASTS)));
        case MIXED ->
            0.7 * Math.exp(-age / (0.5 * LASTS)) + 0.3 * Math.exp(-age / (2.1667 * LASTS));
      };
    }
  }

  private static final double LASTS = 120;

  /** A house, and the line before it. */
  private static final class World {
    private final Forecaster forecaster = new Forecaster();
    private final Lasting lasting;
    private final List<Double> began = new ArrayList<>();
    private double bears = 1000;
    private double inside;
    private double waiting = 12_000;
    private double admitted;
    private long now = 1_000_000;
    private Forecast told = Forecast.NONE;

    World(Lasting lasting) {
      this.lasting = lasting;
    }

    void go(int seconds) {
      for (int i = 0; i < seconds; i++) {
        pass();
        told = forecaster.step(crowd(), house());
      }
    }

    private void pass() {
      double ends = 0;
      for (int each = 0; each < began.size(); each++) {
        double age = began.size() - each;
        double lives = lasting.lives(age - 1) - lasting.lives(age);
        ends += began.get(each) * lives;
      }
      double comes = Math.max(0, Math.min(Math.min(100, waiting), bears - inside + ends));
      began.add(comes);
      inside += comes - ends;
      waiting -= comes;
      admitted += comes;
      now += 1000;
    }

    private Headcount crowd() {
      long all = Math.round(admitted);
      return new Headcount(now, Math.round(inside), Math.round(waiting), all, all, 0);
    }

    private House house() {
      return new House(Path.level(bears), Path.level(bears), new House.Pace(100, 100, 0), 0);
    }

    /** Milliseconds until this many are in, if nothing changes. */
    double truth(double people) {
      World later = new World(lasting);
      later.began.addAll(began);
      later.bears = bears;
      later.inside = inside;
      later.waiting = waiting;
      while (later.waiting > waiting - people && later.waiting > 0.5) {
        later.pass();
      }
      return (double) later.now - 1_000_000;
    }

    WaitRange last() {
      return range(waiting);
    }

    WaitRange range(double people) {
      return Objects.requireNonNull(told.until(people), () -> "nothing is told of " + people);
    }
  }

  @Test
  void whileNobodyHasLeftOnlyThoseAreToldForWhomPlacesAreFree() {
    World world = new World(Lasting.ANYHOW);
    world.go(3);
    assertThat(world.told.until(100)).isNotNull();
    assertThat(world.told.until(2000)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void inAHouseThatDoesNotChangeTheTruthIsWithinANarrowRange(Lasting lasting) {
    World world = new World(lasting);
    world.go(600);
    for (double people : new double[] {500, 2000, world.waiting}) {
      assertThatTruthIsNear(world, people);
      WaitRange range = world.range(people);
      assertThat(range.to() - range.from()).isLessThan((long) (0.4 * world.truth(people)));
    }
  }

  // Where all stay equally long, nothing tells for how long before the first of them leave.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FIXED")
  void howeverLongPeopleStayWhatIsToldFirstIsWrongByAFifthAtMost(Lasting lasting) {
    World world = new World(lasting);
    while (world.told.until(6000) == null) {
      world.go(1);
    }
    for (double people : new double[] {1500, 3000, 6000}) {
      assertThatTruthIsNear(world, people);
    }
    for (int i = 0; i < 20; i++) {
      world.go(20);
      assertThatTruthIsNear(world, Math.min(4000, world.waiting));
    }
  }

  private static void assertThatTruthIsNear(World world, double people) {
    double truth = world.truth(people);
    WaitRange range = world.range(people);
    assertThat(truth)
        .as("%s people after %s s", people, (world.now - 1_000_000) / 1000)
        .isBetween(0.83 * range.from(), 1.2 * range.to());
  }

  @Test
  void fewPeopleAheadAreLessSureThanMany() {
    World world = new World(Lasting.ANYHOW);
    world.go(400);
    assertThat(width(world.told, 4)).isGreaterThan(2 * width(world.told, 4000));
  }

  private static double width(Forecast told, double people) {
    return (told.latest(people) - told.soonest(people)) / told.latest(people);
  }

  @Test
  void whatIsToldOfOnePersonChangesCalmlyWhenHalfOfTheHouseIsLost() {
    World world = new World(Lasting.ANYHOW);
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
    assertThatTruthIsNear(world, world.waiting);
  }

  @Test
  void whoLeadsNextGoesOnFromWhatWasTold() {
    World world = new World(Lasting.ANYHOW);
    world.go(300);
    Forecaster next = new Forecaster();
    next.goOnFrom(Forecast.parse(world.told.text()));
    Forecast told = next.step(world.crowd(), world.house());
    assertThat(told.until(3000)).isEqualTo(Forecast.parse(world.told.text()).until(3000));
  }

  @Test
  void aStoreThatStartedOverIsMeasuredAnew() {
    World world = new World(Lasting.ANYHOW);
    world.go(300);
    world.admitted = 0;
    world.inside = 0;
    world.go(3);
    assertThat(world.forecaster.step(world.crowd(), world.house()).until(8000)).isNull();
  }
}
