package dev.usher.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.attack.field.Noticed;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
  private final Table table = new Table();

  @Test
  void aRunHoldsWhenEachOfItsKindsDid() {
    table.row(new Hosts(), new Result(3, 3, "", Noticed.NOT_WATCHED), List.of());

    assertThat(table.end()).isTrue();
  }

  @Test
  void oneCaseThatDidNotHoldIsEnoughForARunThatDidNot() {
    table.row(new Hosts(), new Result(3, 3, "", Noticed.NOT_WATCHED), List.of());
    table.row(
        new SpoofedForwarding(), new Result(300, 299, "let in", Noticed.NOT_WATCHED), List.of());

    assertThat(table.end()).isFalse();
  }

  @Test
  void aFloodThatHurtAnotherVisitorDidNotHold() {
    Noticed slow = new Noticed(10, 1, "status 503", 1000, 2000);

    assertThat(Result.ofFlood(1000, "another visitor's request failed", slow).holds()).isFalse();
  }
}
