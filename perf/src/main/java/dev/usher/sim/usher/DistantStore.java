package dev.usher.sim.usher;

import dev.usher.sim.gate.World;
import dev.usher.sim.time.Appointment;
import dev.usher.sim.time.Chance;
import dev.usher.store.Block;
import dev.usher.store.Budget;
import dev.usher.store.Calling;
import dev.usher.store.Claim;
import dev.usher.store.Copy;
import dev.usher.store.Enlisted;
import dev.usher.store.Grants;
import dev.usher.store.Lease;
import dev.usher.store.Line;
import dev.usher.store.Newcomers;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.Remembered;
import dev.usher.store.Seen;
import dev.usher.store.Share;
import dev.usher.store.Sharing;
import dev.usher.store.SlotReport;
import dev.usher.store.Standby;
import dev.usher.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A store behind a network: what is asked takes a while to get there, the answer as long to come
 * back, and some of what a replica's loops ask is lost on one of the two ways.
 */
final class DistantStore implements QueueStore {
  /** A lost question is given up after so long. */
  private static final double TIMEOUT_SECONDS = 1;

  private final QueueStore store;
  private final World world;
  private final Chance chance;
  private final double oneWaySeconds;
  private final double loss;

  DistantStore(QueueStore store, World world, UsherOptions.ReplicaOptions options, Chance network) {
    this.store = store;
    this.world = world;
    this.chance = network;
    this.oneWaySeconds = options.storeSeconds() / 2;
    this.loss = options.loss();
  }

  private void after(double seconds, Runnable task) {
    Appointment unused = world.timeline().after(seconds, task);
  }

  private <T> CompletionStage<T> asked(Supplier<CompletionStage<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    after(
        chance.waiting(oneWaySeconds),
        () -> {
          CompletionStage<T> unused =
              question
                  .get()
                  .whenComplete(
                      (value, failure) ->
                          after(
                              chance.waiting(oneWaySeconds),
                              () -> {
                                if (failure == null) {
                                  answer.complete(value);
                                } else {
                                  answer.completeExceptionally(failure);
                                }
                              }));
        });
    return answer;
  }

  private <T> CompletionStage<T> signalled(Supplier<CompletionStage<T>> question) {
    boolean there = chance.happens(loss / 2);
    boolean back = chance.happens(loss / 2);
    if (!there && !back) {
      return asked(question);
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (!there) {
      CompletionStage<T> unused = asked(question);
    }
    after(
        TIMEOUT_SECONDS,
        () -> answer.completeExceptionally(new StoreUnavailableException("lost on its way")));
    return answer;
  }

  @Override
  public CompletionStage<Block> arrive(Queue queue, Newcomers newcomers) {
    return asked(() -> store.arrive(queue, newcomers));
  }

  @Override
  public CompletionStage<Void> see(Queue queue, Seen seen) {
    return signalled(() -> store.see(queue, seen));
  }

  @Override
  public CompletionStage<Line> line(Queue queue) {
    return signalled(() -> store.line(queue));
  }

  @Override
  public CompletionStage<Copy> copy(Queue queue) {
    return signalled(() -> store.copy(queue));
  }

  @Override
  public CompletionStage<Void> restore(Queue queue, Remembered remembered) {
    return signalled(() -> store.restore(queue, remembered));
  }

  @Override
  public CompletionStage<Enlisted> enlist(Queue queue, List<Standby> standbys, Duration gather) {
    return asked(() -> store.enlist(queue, standbys, gather));
  }

  @Override
  public CompletionStage<Calling> call(Lease lease, Budget budget, List<Share> rooms) {
    return signalled(() -> store.call(lease, budget, rooms));
  }

  @Override
  public CompletionStage<Claim> claim(Queue queue, Place place) {
    return asked(() -> store.claim(queue, place));
  }

  @Override
  public CompletionStage<Void> leave(Queue queue, Place place) {
    return asked(() -> store.leave(queue, place));
  }

  @Override
  public CompletionStage<Void> pause(Queue queue, boolean paused) {
    return asked(() -> store.pause(queue, paused));
  }

  @Override
  public CompletionStage<Long> reset(Queue queue) {
    return asked(() -> store.reset(queue));
  }

  @Override
  public CompletionStage<Lease> lead(String upstream, Duration term) {
    return signalled(() -> store.lead(upstream, term));
  }

  @Override
  public CompletionStage<Sharing> share(Lease lease, SlotReport report) {
    return signalled(() -> store.share(lease, report));
  }

  @Override
  public CompletionStage<Long> grant(Lease lease, Grants grants) {
    return signalled(() -> store.grant(lease, grants));
  }

  @Override
  public CompletionStage<Void> giveUp(String upstream, SlotReport last) {
    return asked(() -> store.giveUp(upstream, last));
  }

  @Override
  public CompletionStage<Void> close() {
    return store.close();
  }
}
