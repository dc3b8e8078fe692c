package dev.usher.sim.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Matrix;
import dev.usher.sim.time.Chance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class FaultRunTest {
  @Test
  @Tag("matrix")
  void everyPromiseIsKeptThroughSchedulesOfFaults() {
    FaultSuite suite = FaultSuite.run(1, Matrix.hasAllSeeds() ? 60 : 10, 0, 2);
    assertThat(suite.isGood()).as(suite.text()).isTrue();
    assertThat(suite.text()).contains("schedules").contains("admissions resumed");
  }

  @Test
  void aPageThatTakesLongerThanItsVisitorsPatienceComesAllTheSame() {
    assertThat(FaultRun.of(61, 0).visitors()).isGreaterThan(0);
  }

  @Test
  void whoIsCutOffUntilASessionTheyNeverHeardOfIsOverIsNotLost() {
    assertThat(FaultRun.of(143, 0).visitors()).isGreaterThan(0);
  }

  @Test
  void whatALoneReplicaToldByALineThatTheStoreHadLostIsForgottenWithIt() {
    assertThat(FaultRun.of(167, 0).forgotten()).isGreaterThan(0);
    assertThat(FaultRun.of(231, 0).forgotten()).isGreaterThan(0);
  }

  @Test
  void theSameSeedIsTheSameRun() {
    FaultOutcome first = FaultRun.of(3, 2);
    assertThat(FaultRun.of(3, 2)).isEqualTo(first);
    assertThat(FaultRun.of(4, 2).hash()).isNotEqualTo(first.hash());
  }

  @Test
  void aScheduleSaysWhatHappensWhen() {
    Schedule schedule = Schedule.drawn(new Chance(7), 3);
    assertThat(schedule.faults()).isNotEmpty();
    assertThat(schedule.toString().lines()).hasSameSizeAs(schedule.faults());
    assertThat(schedule.end())
        .isGreaterThanOrEqualTo(schedule.faults().get(schedule.faults().size() - 1).at());
  }
}
