package dev.usher.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Admission.Reason;
import dev.usher.room.FlakyQueueStore;
import dev.usher.room.Guest;
import dev.usher.room.Intent;
import dev.usher.room.Stage;
import dev.usher.room.StoreState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class DoorkeeperTest {
  private final Stage stage = new Stage();
  private final Replica one = stage.replica("one", 0);
  private final Replica two = stage.replica("two", 0);

  @Test
  void onlyTheLeaderCallsAndEveryReplicaSeesIt() {
    one.tick();
    two.tick();
    Stage.arrive(two, 10);
    stage.capacity = 6;
    two.tick();
    assertThat(two.doorkeeper.leads()).isFalse();
    assertThat(two.room.line().called()).isEqualTo(2);
    one.tick();
    two.tick();
    assertThat(one.doorkeeper.leads()).isTrue();
    assertThat(two.room.line().called()).isEqualTo(6);
    stage.capacity = 0;
    one.tick();
    assertThat(one.doorkeeper.admission().reason()).isEqualTo(Reason.NO_CAPACITY);
  }

  @Test
  void aLeaderThatStopsInOrderIsFollowedAtTheNextStep() {
    one.tick();
    two.tick();
    assertThat(two.doorkeeper.leads()).isFalse();
    Guest.get(one.doorkeeper.resign());
    assertThat(one.doorkeeper.leads()).isFalse();
    two.tick();
    assertThat(two.doorkeeper.leads()).isTrue();
  }

  @Test
  void anotherReplicaCallsWithinThreeSecondsAfterTheLeaderIsLostAtAnyMoment() {
    for (int moment = 0; moment < 40; moment++) {
      Stage play = new Stage();
      Replica leader = play.replica("one", 0);
      Replica follower = play.replica("two", 0);
      leader.tick();
      for (int i = 0; i < moment; i++) {
        play.pass(Duration.ofMillis(70));
        follower.tick();
        leader.tick();
      }
      Stage.arrive(follower, 10);
      play.capacity = 6;
      long lost = play.now;
      while (follower.room.line().called() < 6) {
        play.pass(Duration.ofMillis(200));
        follower.tick();
        assertThat(play.now - lost).isLessThanOrEqualTo(3000);
      }
      assertThat(follower.doorkeeper.leads()).isTrue();
    }
  }

  @Test
  void aLeaderThatComesBackAfterItsTermFindsAnotherOneLeading() {
    one.tick();
    stage.pass(Duration.ofSeconds(4));
    two.tick();
    assertThat(two.doorkeeper.leads()).isTrue();
    one.tick();
    assertThat(one.doorkeeper.leads()).isFalse();
  }

  @Test
  void aLeaderWhoseClockStoodStillIsRefusedAndSaysSo() {
    long[] itsTime = {stage.now};
    Replica stopped =
        new Replica(Stage.POLICY, stage.store.seenBy("slow"), () -> 50, () -> itsTime[0]);
    stopped.tick();
    stage.pass(Duration.ofSeconds(4));
    two.tick();
    Stage.arrive(two, 10);
    // It believes that no time went by, so it calls without asking whether it still leads.
    stopped.tick();
    assertThat(stopped.doorkeeper.leads()).isFalse();
    assertThat(two.doorkeeper.leads()).isTrue();
    assertThat(stopped.room.line().called()).isEqualTo(2);
  }

  @Test
  void stepsNeverOverlap() {
    FlakyQueueStore store = new FlakyQueueStore(stage.store.seenBy("one"), 1);
    Replica slow = new Replica(Stage.POLICY, store, () -> 2, () -> stage.now);
    store.slow = true;
    CompletableFuture<Void> step = slow.doorkeeper.tick(stage.now).toCompletableFuture();
    int asked = store.calls;
    Guest.get(slow.doorkeeper.tick(stage.now));
    assertThat(store.calls).isEqualTo(asked);
    assertThat(step).isNotDone();
    store.answerTheLate();
    assertThat(step).isCompleted();
    slow.doorkeeper.tick(stage.now);
    assertThat(store.calls).isGreaterThan(asked);
  }

  @Test
  void aStepTakesAsLongAsOneAnswerOfTheStore() {
    FlakyQueueStore store = new FlakyQueueStore(stage.store.seenBy("one"), 1);
    Replica far = new Replica(Stage.POLICY, store, () -> stage.capacity, () -> stage.now);
    far.tick();
    far.tick();
    Stage.arrive(far, 10);
    stage.capacity = 6;
    // The lease is to be renewed, and what the pods did to be told.
    stage.pass(Duration.ofSeconds(1));
    store.slow = true;
    CompletableFuture<Void> step = far.doorkeeper.tick(stage.now).toCompletableFuture();
    store.answerOnce();
    assertThat(step).isCompleted();
    assertThat(far.room.line().called()).isEqualTo(6);
  }

  @Test
  void aStoreThatIsFarButAnswersIsNotAway() {
    FlakyQueueStore store = new FlakyQueueStore(stage.store.seenBy("one"), 1);
    Replica far = new Replica(Stage.POLICY, store, () -> stage.capacity, () -> stage.now);
    store.slow = true;
    // From the first step on, in which most waits for other answers.
    for (int answer = 0; answer < 30; answer++) {
      for (int tick = 0; tick < 4; tick++) {
        stage.pass(Duration.ofMillis(200));
        far.tryToTick();
        assertThat(far.room.storeState()).isEqualTo(StoreState.GOOD);
      }
      store.answerOnce();
    }
    assertThat(far.doorkeeper.leads()).isTrue();
    // An answer that never comes is another thing.
    for (int tick = 0; tick < 7; tick++) {
      stage.pass(Duration.ofMillis(200));
      far.tryToTick();
    }
    assertThat(far.room.storeState()).isEqualTo(StoreState.AWAY);
  }

  @Test
  void aStepThatFailsIsFollowedByOneThatWorks() {
    FlakyQueueStore store = new FlakyQueueStore(stage.store.seenBy("one"), 1);
    Replica replica = new Replica(Stage.POLICY, store, () -> 2, () -> stage.now);
    replica.tick();
    assertThat(replica.doorkeeper.refreshedAt()).isEqualTo(stage.now);
    store.away = true;
    stage.pass(Duration.ofSeconds(10));
    CompletableFuture<Void> step = replica.doorkeeper.tick(stage.now).toCompletableFuture();
    assertThat(step).isCompletedExceptionally();
    assertThat(replica.doorkeeper.refreshedAt()).isEqualTo(stage.now - 10_000);
    // Whether it leads nobody knows; it does not say that it does.
    assertThat(replica.doorkeeper.leads()).isFalse();
    store.away = false;
    replica.tick();
    assertThat(replica.doorkeeper.leads()).isTrue();
    assertThat(replica.doorkeeper.refreshedAt()).isEqualTo(stage.now);
  }

  @Test
  void presenceIsToldOnceAtATime() {
    FlakyQueueStore store = new FlakyQueueStore(stage.store.seenBy("one"), 1);
    Replica replica = new Replica(Stage.POLICY, store, () -> 2, () -> stage.now);
    replica.tick();
    List<Guest> guests = Stage.arrive(replica, 3);
    guests.forEach(guest -> guest.ask(replica, Intent.LOOK));
    store.slow = true;
    int asked = store.calls;
    CompletableFuture<Void> told = replica.doorkeeper.tellPresence().toCompletableFuture();
    Guest.get(replica.doorkeeper.tellPresence());
    assertThat(store.calls).isEqualTo(asked + 1);
    store.answerTheLate();
    assertThat(told).isCompleted();
  }
}
