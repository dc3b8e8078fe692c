package dev.usher.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
  private final Table table = new Table();

  @Test
  void aRunHoldsWhenEachOfItsKindsDid() {
    table.row(new Hosts(), new Result(3, 3, "", Pace.NOT_WATCHED), List.of());

    assertThat(table.end()).isTrue();
  }

  @Test
  void oneCaseThatDidNotHoldIsEnoughForARunThatDidNot() {
    table.row(new Hosts(), new Result(3, 3, "", Pace.NOT_WATCHED), List.of());
    table.row(new Forwarding(), new Result(300, 299, "let in", Pace.NOT_WATCHED), List.of());

    assertThat(table.end()).isFalse();
  }

  @Test
  void aFloodThatHurtAnotherVisitorDidNotHold() {
    Pace slow = new Pace(10, 1, "status 503", 1000, 2000);

    assertThat(Result.ofFlood(1000, "another visitor's request failed", slow).holds()).isFalse();
  }
}
