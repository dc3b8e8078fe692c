package dev.usher.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.admission.Admission.Reason;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class FillToCapacityTest {
  @Property
  void neverMorePlacesThanAreFreeNorThanAStep(
      @ForAll @LongRange(min = 0) long capacity,
      @ForAll @LongRange(min = 0) long sessions,
      @ForAll @LongRange(min = 0) long waiting,
      @ForAll @IntRange(min = 1) int step) {
    Admission said = new FillToCapacity(step).decide(new Observation(capacity, sessions, waiting));
    long free = Math.max(0, capacity - sessions);
    assertThat(said.places()).isBetween(0, step);
    assertThat((long) said.places()).isLessThanOrEqualTo(free);
    assertThat((long) said.places())
        .isGreaterThanOrEqualTo(Math.min(Math.min(free, step), waiting));
  }

  @Property
  void moreCapacityNeverMeansFewerPlaces(
      @ForAll @LongRange(min = 0, max = 5000) long capacity,
      @ForAll @LongRange(min = 0, max = 5000) long more,
      @ForAll @LongRange(min = 0, max = 5000) long sessions,
      @ForAll @LongRange(min = 0, max = 5000) long waiting) {
    FillToCapacity fill = new FillToCapacity(100);
    assertThat(fill.decide(new Observation(capacity + more, sessions, waiting)).places())
        .isGreaterThanOrEqualTo(fill.decide(new Observation(capacity, sessions, waiting)).places());
  }

  @Property
  void anIdleHourIsNotBanked(
      @ForAll @LongRange(min = 0, max = 500) long capacity,
      @ForAll @LongRange(min = 0, max = 500) long sessions,
      @ForAll @LongRange(min = 0, max = 500) long waiting) {
    FillToCapacity idle = new FillToCapacity(10);
    for (int i = 0; i < 18_000; i += 100) {
      idle.decide(new Observation(capacity, 0, 0));
    }
    Observation seen = new Observation(capacity, sessions, waiting);
    assertThat(idle.decide(seen)).isEqualTo(new FillToCapacity(10).decide(seen));
  }

  @Property
  void theReasonIsTrue(
      @ForAll @LongRange(min = 0, max = 60) long capacity,
      @ForAll @LongRange(min = 0, max = 60) long sessions,
      @ForAll @LongRange(min = 0, max = 60) long waiting) {
    int step = 10;
    Admission said = new FillToCapacity(step).decide(new Observation(capacity, sessions, waiting));
    long free = Math.max(0, capacity - sessions);
    boolean holds =
        switch (said.reason()) {
          case NO_CAPACITY -> capacity == 0;
          case NOBODY_WAITS -> waiting == 0;
          case CAPACITY_FULL -> waiting > free && free <= step;
          case ENOUGH_FOR_ALL -> waiting <= said.places();
          case STEP -> free > step && waiting > step;
        };
    assertThat(holds).as(said + " of " + free + " free").isTrue();
  }

  @Example
  void eachReasonHasItsMoment() {
    FillToCapacity fill = new FillToCapacity(10);
    assertThat(fill.decide(new Observation(0, 5, 9)))
        .isEqualTo(new Admission(0, Reason.NO_CAPACITY));
    assertThat(fill.decide(new Observation(9, 5, 0)))
        .isEqualTo(new Admission(4, Reason.NOBODY_WAITS));
    assertThat(fill.decide(new Observation(5, 9, 1)))
        .isEqualTo(new Admission(0, Reason.CAPACITY_FULL));
    assertThat(fill.decide(new Observation(9, 5, 5)))
        .isEqualTo(new Admission(4, Reason.CAPACITY_FULL));
    assertThat(fill.decide(new Observation(9, 5, 4)))
        .isEqualTo(new Admission(4, Reason.ENOUGH_FOR_ALL));
    assertThat(fill.decide(new Observation(99, 5, 40))).isEqualTo(new Admission(10, Reason.STEP));
  }

  @Example
  void aStepOfNothingIsRefused() {
    assertThatThrownBy(() -> new FillToCapacity(0)).hasMessageContaining("at least 1 but was 0");
    assertThatThrownBy(() -> new Observation(-1, 0, 0)).hasMessageContaining("at least 0");
  }
}
