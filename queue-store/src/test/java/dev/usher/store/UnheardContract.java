package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of numbers whose replica never heard that it was given them. */
abstract class UnheardContract extends WorkContract {
  private static final int BLOCK = 10_000;
  private static final int REPLICA = 7;

  /** The question that follows on so many, of which only the first were answered. */
  private NumberBlock arrive(int answered, int over, int count) {
    Heard heard = new Heard(REPLICA, answered, over);
    return get(store.arrive(concert, new Newcomers(0, over, count, Place.NUMBER_MAX, heard)));
  }

  private long waiting() {
    call(0, 0);
    return line(concert).counts().waiting();
  }

  @Test
  void ofAnyNumberOfBlocksInARowThatNobodyHeardOfNobodyWaits() {
    arrive(0, 0, 1);
    // Three in a row, of which the answers were lost.
    arrive(1, 1, BLOCK);
    arrive(1, 2, BLOCK);
    arrive(1, 3, BLOCK);
    arrive(1, 4, 1);
    assertThat(waiting()).isEqualTo(2);
    assertThat(line(concert).ahead(3L * BLOCK + 2)).isEqualTo(1);
  }

  @Test
  void aBlockThatWasLostBeforeOneThatNeverCameIsForgottenToo() {
    arrive(0, 0, 1);
    arrive(1, 1, BLOCK);
    // The question after it did not even get there.
    arrive(1, 3, 1);
    assertThat(waiting()).isEqualTo(2);
  }

  @Test
  void aBlockThatIsCarriedOutLateIsGivenToNobody() {
    arrive(0, 0, 1);
    arrive(1, 2, 1);
    assertThat(arrive(1, 1, BLOCK)).isEqualTo(NumberBlock.HELD);
    assertThat(waiting()).isEqualTo(2);
    assertThat(arrive(3, 3, 1).first()).isEqualTo(3);
  }

  @Test
  void whoStandsByAfterAQuestionWithoutAnAnswerHasNoSecondNumberWheneverItIsCarriedOut() {
    arrive(0, 0, 1);
    arrive(1, 1, BLOCK);
    List<Standby> them = List.of(Standby.arrived(0, REPLICA, 1), Standby.arrived(0, REPLICA, 2));
    get(store.enlist(concert, them, Duration.ZERO, new Heard(REPLICA, 1, 3)));
    // The one after was on its way for long.
    arrive(1, 2, BLOCK);
    call(0, 0);
    assertThat(waiting()).isEqualTo(3);
  }

  @Test
  void aBlockWhoseAnswerIsStillAwaitedStays() {
    arrive(0, 0, 5);
    Standby another = Standby.arrived(0, REPLICA, 9);
    get(store.enlist(concert, List.of(another), Duration.ZERO, new Heard(REPLICA, 0, 0)));
    assertThat(waiting()).isEqualTo(6);
  }

  @Test
  void whoWasLetInByABlockThatNobodyHeardOfIsNotInside() {
    call(10, 10);
    assertThat(arrive(0, 0, 5).admitted()).isEqualTo(5);
    assertThat(arrive(0, 1, 2).admitted()).isEqualTo(2);
    assertThat(call(10, 10).sessions()).isEqualTo(2);
  }

  @Test
  void whatWasLostBeforeAResetTakesNoNumbersOfTheNextEpoch() {
    arrive(0, 0, 1);
    arrive(1, 1, 100);
    get(store.reset(concert));
    assertThat(arrive(1, 2, 5).first()).isEqualTo(1);
    assertThat(waiting()).isEqualTo(5);
  }

  @Test
  void anotherReplicasBlockIsItsOwn() {
    arrive(0, 0, 5);
    Heard heard = new Heard(REPLICA + 1, 0, 0);
    get(other.arrive(concert, new Newcomers(0, 0, 5, Place.NUMBER_MAX, heard)));
    get(other.arrive(concert, new Newcomers(0, 5, 5, Place.NUMBER_MAX, new Heard(8, 0, 1))));
    assertThat(waiting()).isEqualTo(10);
  }
}
