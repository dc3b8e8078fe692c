package dev.usher.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cli.drill.OpsSample;
import dev.usher.cli.drill.Outcome;
import dev.usher.cli.drill.Outcomes;
import dev.usher.cli.drill.Promise;
import dev.usher.cli.drill.http.Trouble;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final DemoPlan PLAN =
      new DemoPlan(
          Outcomes.VISITORS,
          10,
          5,
          Duration.ofSeconds(5),
          Duration.ofSeconds(8),
          Duration.ofSeconds(15),
          new DemoPlan.Later(10, Duration.ofSeconds(1), Duration.ofSeconds(5)),
          1);
  private static final Outcome BARE = Outcomes.of(900, null, List.of());
  private static final Side DEAD =
      new Side(Outcomes.of(1, Trouble.REFUSED, List.of()), 2, 2, 108, -1);

  private static Side alive(long inFlightMax) {
    Outcome outcome = Outcomes.of(1_200, null, List.of(new OpsSample(20, 19, 70, 2)));
    return new Side(outcome, 0, 0, inFlightMax, 120);
  }

  private static Comparison compared(Side without, Side with) {
    return new Comparison(PLAN, without, with, alive(5), BARE);
  }

  private static List<String> broken(Side without, Side with) {
    return compared(without, with).promises().stream()
        .filter(p -> !p.kept())
        .map(Promise::words)
        .toList();
  }

  @Test
  void whatADemoIsToShowBreaksNoPromise() {
    assertThat(broken(DEAD, alive(5))).isEmpty();
  }

  @Test
  void onePodAboveItsCapBreaksThePromise() {
    assertThat(broken(DEAD, alive(6))).containsExactly("no pod is given more at once than its cap");
  }

  @Test
  void aTimeThatCouldNotBeComparedIsToldAndBreaksNoPromise() {
    Side with = alive(5);
    Side silent =
        new Side(with.outcome(), with.podsDied(), with.outOfMemory(), with.inFlightMax(), -1);
    assertThat(broken(DEAD, silent))
        .containsExactly("admitted p99 at most 2 ms above the pods' own");
    assertThat(compared(DEAD, silent).promises())
        .noneMatch(Promise::isBroken)
        .anyMatch(promise -> promise.toString().startsWith("told "));
  }

  @Test
  void aTicketThatComesALittleLateIsToldAndOneThatComesLateBreaksThePromise() {
    // Of 900 ms at a bare server follow 2 s as the limit.
    assertThat(late(2_001)).isEmpty();
    assertThat(late(3_999)).isEmpty();
    assertThat(late(4_001))
        .containsExactly(
            "everyone holds a ticket within 2 s, or 1.5 times what a bare server takes");
  }

  private static List<String> late(double millis) {
    Outcome outcome = Outcomes.of(millis, null, List.of(new OpsSample(20, 19, 70, 2)));
    return compared(DEAD, new Side(outcome, 0, 0, 5, 120)).promises().stream()
        .filter(Promise::isBroken)
        .map(Promise::words)
        .toList();
  }

  @Test
  void anErrorByHttp2BreaksAPromise() {
    Side cutOff = new Side(Outcomes.of(1, Trouble.CUT_OFF, List.of()), 0, 0, 5, 120);
    assertThat(new Comparison(PLAN, DEAD, alive(5), cutOff, BARE).promises())
        .filteredOn(Promise::isBroken)
        .extracting(Promise::words)
        .containsExactly("by HTTP/2 nobody meets an error");
  }

  @Test
  void podsThatSurviveTheCrowdShowNothing() {
    assertThat(broken(alive(5), alive(5)))
        .containsExactly("without Usher the pods truly die of OutOfMemoryError");
  }

  @Test
  void theTableSetsBothSidesNextToEachOther() {
    String table = compared(DEAD, alive(5)).table();
    assertThat(table)
        .containsPattern("connection errors +3 +0 +0")
        .containsPattern("pods died +2 +0 +0")
        .containsPattern("sessions at most / capacity +- +19 / 20 +19 / 20")
        .containsPattern("in flight at most / cap, a pod +108 / none +5 / 5 +5 / 5");
  }
}
