package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.upstream.Move;
import dev.usher.store.upstream.MoveStore.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/**
 * What every store promises of when it notices that it lost something, and of what it tells then.
 */
public abstract class NoticeContract extends RecoveryContract {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  @Test
  void aStepThatIsTheFirstAfterAnOutagePassesOverNobody() {
    get(store.arrive(concert, newcomers(10)));
    call(5, 5);
    pass(Duration.ofMinutes(30));
    lease = get(store.lead("shop", VALID));
    assertThat(call(5, 5)).isEqualTo(Calling.SETTLING);
    pass(SETTLED);
    assertThat(call(5, 2).called()).isEqualTo(2);
    assertThat(line(concert).called()).isEqualTo(7);
  }

  @Test
  void aQueueThatNobodyAskedForSinceItBeganSettlesAfterAnOutage() {
    pass(Duration.ofMinutes(1));
    assertThat(get(store.arrive(concert, newcomers(1)))).isEqualTo(NumberBlock.HELD);
    assertThat(line(concert).settled()).isFalse();
  }

  @Test
  void whileNothingIsKnownOfAQueueNothingIsToldOfItsPlaces() {
    get(store.arrive(concert, newcomers(1)));
    Place place = place(1);
    lose();
    assertUnknown(store.claim(concert, place));
    assertUnknown(store.stay(concert, place));
    assertUnknown(store.leave(concert, place));
  }

  @Test
  void noStepIsMadeWhileNothingIsKnownOfOneOfItsQueues() {
    lose();
    get(store.restore(concert, QueueMemory.NOTHING));
    lease = get(store.lead("shop", VALID));
    assertUnknown(store.call(lease, budget(1, 1, VALID), shares()));
  }

  private static CompletionStage<Outcome> move(QueueStore at, Place place) {
    return at.move(
        "shop", new Move("concert", place.epoch(), place.lane(), place.number(), 1, "a"));
  }

  @Test
  void nobodyIsTakenAlongUntilItIsKnownAgainOfWhichLineTheyAreAndWhoIsInside() {
    get(store.arrive(concert, newcomers(3)));
    call(1, 1);
    claim(1, 1);
    Place inside = place(1);
    Place waiting = place(2);
    QueueMemory memory = memory(store);
    pass(Duration.ofSeconds(2));
    lose();
    assertUnknown(move(store, waiting));
    get(store.restore(concert, QueueMemory.NOTHING));
    assertUnknown(move(other, waiting));
    get(store.restore(concert, memory));
    assertUnknown(move(other, waiting));
    pass(SETTLED);
    assertThat(get(move(other, waiting))).isEqualTo(Outcome.MOVED);
    assertThat(get(move(other, inside))).isEqualTo(Outcome.INSIDE);
  }

  @Test
  void nobodyIsTakenAlongWhereAnotherServerGoesOnBeforeItHasSettled() {
    get(store.arrive(concert, newcomers(1)));
    Place place = place(1);
    snapshot().run();
    assertUnknown(move(store, place));
    line(concert);
    assertUnknown(move(store, place));
    pass(SETTLED);
    assertThat(get(move(store, place))).isEqualTo(Outcome.MOVED);
  }

  private static void assertUnknown(CompletionStage<?> answer) {
    assertThat(answer.toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void whoWaitedCountsAsSeenWhenAnotherServerGoesOn() {
    get(store.arrive(concert, newcomers(10)));
    call(0, 0);
    passAsking(WINDOW.multipliedBy(2));
    snapshot().run();
    for (Queue queue : List.of(concert, theatre)) {
      line(queue);
    }
    lease = get(store.lead("shop", VALID));
    pass(SETTLED);
    call(0, 0);
    passAsking(WINDOW);
    call(0, 0);
    assertThat(line(concert).counts().waiting()).isEqualTo(10);
  }
}
