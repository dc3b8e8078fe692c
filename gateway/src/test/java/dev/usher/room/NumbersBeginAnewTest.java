package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.Replica;
import dev.usher.room.Decision.Wait;
import dev.usher.store.Bits;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import java.time.Duration;
import java.util.BitSet;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A room that has given a million numbers, and begins with 1 again. */
final class NumbersBeginAnewTest {
  private final Stage stage = new Stage();
  private final Replica one = stage.replica("one", 0);
  private final Replica two = stage.replica("two", 0);

  private void tick() {
    one.tick();
    two.tick();
    stage.pass(Duration.ofMillis(200));
  }

  /** So many numbers were given, and whoever has the last is inside. */
  private void given(long numbers) {
    tick();
    BitSet last = new BitSet();
    last.set((int) numbers);
    Guest.get(
        stage.store.see(
            Stage.CONCERT,
            new PresenceReport(one.room.line().epoch(), 0, Bits.NONE, Bits.of(last))));
    tick();
  }

  @Test
  void whoIsInsideStaysAndWhoComesThenWaitsForAPlaceOfTheirs() {
    stage.capacity = 3;
    given(Queue.ROLL_AFTER - 2);
    Guest first = new Guest();
    Guest second = new Guest();
    assertThat(first.comesIn(one, Intent.NAVIGATE)).isTrue();
    assertThat(second.comesIn(two, Intent.NAVIGATE)).isTrue();
    long epoch = one.room.line().epoch();
    tick();
    tick();
    assertThat(one.room.line().epoch()).isGreaterThan(epoch);
    assertThat(two.room.line().epoch()).isEqualTo(one.room.line().epoch());
    Guest third = new Guest();
    Wait wait = third.waits(two, Intent.NAVIGATE);
    assertThat(Guest.placeOf(wait).number()).isEqualTo(1);
    assertThat(wait.ahead()).isZero();
    assertThat(first.comesIn(two, Intent.ENTER)).isTrue();
    assertThat(second.comesIn(one, Intent.ENTER)).isTrue();
    tick();
    assertThat(third.waits(one, Intent.NAVIGATE).ahead()).isZero();
    Guest.get(one.room.leave(Objects.requireNonNull(second.pass).place()));
    tick();
    tick();
    assertThat(third.comesIn(one, Intent.NAVIGATE)).isTrue();
  }

  @Test
  void whoWasAwayMeanwhileComesInFirst() {
    stage.capacity = 0;
    given(Queue.ROLL_AFTER - 2);
    Guest away = new Guest();
    away.waits(one, Intent.NAVIGATE);
    long epoch = Objects.requireNonNull(away.ticket).place().epoch();
    tick();
    stage.pass(Duration.ofMinutes(10));
    tick();
    Guest other = new Guest();
    other.waits(two, Intent.NAVIGATE);
    stage.capacity = 1;
    tick();
    tick();
    assertThat(other.comesIn(two, Intent.NAVIGATE)).isTrue();
    tick();
    tick();
    assertThat(one.room.line().epoch()).isGreaterThan(epoch);
    away.waits(one, Intent.NAVIGATE);
    tick();
    Guest later = new Guest();
    later.waits(two, Intent.NAVIGATE);
    stage.capacity = 2;
    tick();
    tick();
    assertThat(later.ask(two, Intent.NAVIGATE)).isInstanceOf(Wait.class);
    away.ask(one, Intent.NAVIGATE);
    assertThat(away.comesIn(one, Intent.NAVIGATE)).isTrue();
  }
}
