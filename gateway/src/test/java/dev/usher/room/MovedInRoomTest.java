package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.Replica;
import dev.usher.room.Decision.TurnAway;
import dev.usher.room.Decision.Why;
import dev.usher.store.InterceptedQueueStore;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreOperation;
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.upstream.MoveStore.Outcome;
import dev.usher.token.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a replica knows of places that others took along, while the store tells little. */
final class MovedInRoomTest {
  private static final Duration STEP = Duration.ofMillis(200);

  private final Stage stage = new Stage(QueueStore.SETTLE);
  private final Silent store = new Silent(stage.store.seenBy("one"));
  private final Replica one =
      new Replica(Stage.POLICY, store, () -> stage.capacity, () -> stage.now);
  private final Replica two = stage.replica("two", 0);

  /** A store that tells one replica nothing of moves, or nothing at all. */
  private static final class Silent extends InterceptedQueueStore {
    boolean ofMoves;
    boolean ofAll;

    Silent(QueueStore store) {
      super(store);
    }

    @Override
    protected <T> CompletionStage<T> intercept(
        StoreOperation operation, Supplier<CompletionStage<T>> call) {
      return ofAll || (ofMoves && operation == StoreOperation.MOVES)
          ? CompletableFuture.failedFuture(new StoreUnavailableException("silent"))
          : call.get();
    }
  }

  @BeforeEach
  void open() {
    stage.capacity = 0;
    goOn(QueueStore.SETTLE.plus(STEP));
  }

  private void goOn(Duration time) {
    for (long i = 0; i <= time.dividedBy(STEP); i++) {
      one.tryToTick();
      two.tryToTick();
      stage.pass(STEP);
    }
  }

  private void movesAtTheOther(Guest guest) {
    Ticket next = Objects.requireNonNull(guest.ticket).moved(stage.now);
    assertThat(Guest.get(two.room.moved().move(next, "a"))).isEqualTo(Outcome.MOVED);
  }

  private Decision asksAtOne(Guest guest) {
    return guest.ask(one, Intent.LOOK);
  }

  @Test
  void aRoomWhoseStoreTellsNothingOfMovesGoesOnAndAsksAgain() {
    List<Guest> guests = Stage.arrive(one, 2);
    store.ofMoves = true;
    movesAtTheOther(guests.get(0));
    goOn(Duration.ofSeconds(5));
    assertThat(one.room.storeState()).isEqualTo(StoreState.GOOD);
    assertThat(guests.get(1).waits(one, Intent.LOOK).ahead()).isEqualTo(1);
    store.ofMoves = false;
    goOn(STEP);
    assertThat(asksAtOne(guests.get(0))).isEqualTo(new TurnAway(Why.MOVED));
  }

  @Test
  void aReplicaThatWasAloneAsksForAllMovesOfAStoreThatCountsAsManyOthersMeanwhile() {
    List<Guest> guests = Stage.arrive(one, 2);
    goOn(STEP);
    movesAtTheOther(guests.get(0));
    goOn(STEP);
    assertThat(asksAtOne(guests.get(0))).isEqualTo(new TurnAway(Why.MOVED));
    store.ofAll = true;
    goOn(Duration.ofSeconds(5));
    assertThat(one.room.storeState()).isEqualTo(StoreState.AWAY);
    stage.store.lose();
    goOn(QueueStore.SETTLE.plusSeconds(2));
    movesAtTheOther(guests.get(1));
    store.ofAll = false;
    goOn(Duration.ofSeconds(5));
    assertThat(one.room.storeState()).isEqualTo(StoreState.GOOD);
    assertThat(asksAtOne(guests.get(1))).isEqualTo(new TurnAway(Why.MOVED));
    assertThat(asksAtOne(guests.get(0))).isEqualTo(new TurnAway(Why.MOVED));
  }
}
