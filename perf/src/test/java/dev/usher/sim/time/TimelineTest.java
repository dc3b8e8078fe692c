package dev.usher.sim.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimelineTest {
  private final Timeline timeline = new Timeline();
  private final List<String> kept = new ArrayList<>();

  @Test
  void appointmentsAreKeptInOrderOfTimeAndThenOfAsking() {
    at(2, "third");
    at(1, "first");
    at(1, "second");
    at(3, "fourth");
    runUntil(10);
    assertThat(kept).containsExactly("first", "second", "third", "fourth");
    assertThat(timeline.seconds()).isEqualTo(3);
  }

  @Test
  void manyAppointmentsAreKeptInOrder() {
    Chance chance = new Chance(7);
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      Appointment made =
          timeline.after(chance.between(0, 100), () -> times.add(timeline.seconds()));
      if (i % 3 == 0) {
        made.cancel();
      }
    }
    runUntil(100);
    assertThat(times).hasSize(3333).isSorted();
  }

  @Test
  void whatIsCancelledDoesNotHappen() {
    Appointment made = timeline.after(1, () -> kept.add("cancelled"));
    made.cancel();
    runUntil(10);
    assertThat(kept).isEmpty();
  }

  @Test
  void timeStandsStillBeforeWhatIsTooLate() {
    at(5, "late");
    runUntil(4);
    assertThat(kept).isEmpty();
    assertThat(timeline.seconds()).isZero();
  }

  private void at(double seconds, String name) {
    Appointment unused = timeline.after(seconds, () -> kept.add(name));
  }

  private void runUntil(double seconds) {
    while (timeline.step(seconds)) {
      assertThat(timeline.seconds()).isLessThanOrEqualTo(seconds);
    }
  }
}
