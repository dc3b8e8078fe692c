package dev.usher.sim.usher;

import dev.usher.sim.gate.World;
import dev.usher.sim.time.Appointment;
import dev.usher.sim.time.Chance;
import dev.usher.store.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A network: a request takes a while to get there, the answer as long to come back, and some of the
 * requests of a replica's loops are lost in one direction or the other. Order is kept in both, as
 * on one connection.
 */
final class LossyLink implements Link {
  /** Time after which a lost request is given up. */
  private static final double TIMEOUT_SECONDS = 1;

  /** By how much one trip may be longer or shorter than the mean, as a fraction. */
  private static final double JITTER = 0.25;

  private final World world;
  private final Chance chance;
  private final double oneWaySeconds;
  private final double loss;
  private double lastThere;
  private double lastBack;

  LossyLink(World world, UsherOptions.ReplicaOptions options, Chance network) {
    this.world = world;
    this.chance = network;
    this.oneWaySeconds = options.storeSeconds() / 2;
    this.loss = options.loss();
  }

  private void after(double seconds, Runnable task) {
    Appointment unused = world.timeline().after(seconds, task);
  }

  /** How long the next one takes; it never overtakes an earlier one in this direction. */
  private double there() {
    double now = world.timeline().seconds();
    lastThere = Math.max(lastThere, now + way());
    return lastThere - now;
  }

  private double way() {
    return oneWaySeconds * chance.between(1 - JITTER, 1 + JITTER);
  }

  private double back() {
    double now = world.timeline().seconds();
    lastBack = Math.max(lastBack, now + way());
    return lastBack - now;
  }

  @Override
  public <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    after(
        there(),
        () -> {
          CompletionStage<T> unused =
              question
                  .get()
                  .whenComplete(
                      (value, failure) ->
                          after(
                              back(),
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

  @Override
  public <T> CompletionStage<T> signal(Supplier<CompletionStage<T>> question) {
    boolean there = chance.happens(loss / 2);
    boolean back = chance.happens(loss / 2);
    if (!there && !back) {
      return ask(question);
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (!there) {
      CompletionStage<T> unused = ask(question);
    }
    after(
        TIMEOUT_SECONDS,
        () -> answer.completeExceptionally(new StoreUnavailableException("lost on its way")));
    return answer;
  }
}
