package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.forecast.WaitRange;
import dev.usher.provision.waits.WaitSignal;
import dev.usher.room.Decision;
import dev.usher.room.Intent;
import dev.usher.room.Visitor;
import dev.usher.store.InterceptedQueueStore;
import dev.usher.store.Line;
import dev.usher.store.Place;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreOperation;
import dev.usher.store.memory.MemoryQueueStore;
import dev.usher.token.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What visitors are told of their waits, from three replicas that share a store. */
final class WaitSignalTest {
  private long now = 1_800_000_000_000L;
  private final MemoryQueueStore memory =
      new MemoryQueueStore("nobody", () -> now, Duration.ofSeconds(3));
  private final List<Replica> replicas =
      List.of(
          new Replica(1, memory.seenBy("one"), 4),
          new Replica(2, memory.seenBy("two"), 4),
          new Replica(3, memory.seenBy("three"), 4));

  private void tickAll(int times) {
    for (int i = 0; i < times; i++) {
      now += 200;
      replicas.forEach(replica -> replica.tick(now));
    }
  }

  private @Nullable WaitRange told(Replica replica, long number) {
    Line line = replica.room.line();
    Place place = new Place("concert", line.epoch(), line.lane(), number);
    Visitor visitor = new Visitor(Intent.LOOK, new Ticket(place, now, Long.MAX_VALUE), null);
    Decision decision = replica.room.decide(visitor, now);
    assertThat(decision).isInstanceOf(Decision.Wait.class);
    return ((Decision.Wait) decision).range();
  }

  private void crowd() {
    replicas.forEach(replica -> replica.ready(4));
    tickAll(20);
    replicas.get(1).arrive(3000, now);
    tickAll(20);
  }

  @Test
  void everyReplicaTellsTheSame() {
    crowd();
    long next = replicas.get(0).room.line().called() + 50;
    tickAll(1);
    WaitRange range = told(replicas.get(0), next);
    assertThat(range).isNotNull();
    assertThat(replicas).allSatisfy(each -> assertThat(told(each, next)).isEqualTo(range));
  }

  @Test
  void beforeSessionsEndNobodyIsToldForWhomNoPlaceIsFree() {
    crowd();
    assertThat(told(replicas.get(2), 2900)).isNull();
  }

  @Test
  void whileItIsPausedNothingIsTold() {
    crowd();
    long next = replicas.get(0).room.line().called() + 50;
    assertThat(told(replicas.get(0), next)).isNotNull();
    Replica.done(memory.pause(replicas.get(0).room.policy().queue(), true));
    tickAll(10);
    assertThat(told(replicas.get(0), next)).isNull();
  }

  @Test
  void whileNobodyWaitsTheStoreIsNotAskedForIt() {
    replicas.forEach(replica -> replica.ready(4));
    tickAll(20);
    QueueStore nobody =
        new InterceptedQueueStore(memory) {
          @Override
          protected <T> CompletionStage<T> intercept(
              StoreOperation operation, Supplier<CompletionStage<T>> call) {
            throw new AssertionError("It asked for " + operation);
          }
        };
    Replica one = replicas.get(0);
    WaitSignal idle = new WaitSignal(one.doorkeeper, one.outlook, nobody);
    assertThat(idle.step(now + 5000).toCompletableFuture()).isCompleted();
  }

  @Test
  void whatNobodyWritesAnyMoreIsNotTold() {
    crowd();
    Replica three = replicas.get(2);
    long next = three.room.line().called() + 50;
    for (int i = 0; i < 30; i++) {
      now += 200;
      Replica.done(three.waits.step(now)); // no step of a doorkeeper: nobody leads
    }
    assertThat(told(three, next)).isNull();
  }
}
