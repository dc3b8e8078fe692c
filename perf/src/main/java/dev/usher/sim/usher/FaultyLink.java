package dev.usher.sim.usher;

import dev.usher.sim.time.Appointment;
import dev.usher.sim.time.Chance;
import dev.usher.store.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One connection to a store in bad weather. Order is kept in both directions, as on a real one;
 * after a second without an answer the request is given up, though the store may have carried it
 * out.
 */
final class FaultyLink implements Link {
  private static final double TIMEOUT_SECONDS = 1;
  private static final double ONE_WAY_SECONDS = 0.0005;

  private final Life life;
  private final Weather weather;
  private final int seat;
  private final Chance chance;
  private double lastThere;
  private double lastBack;

  FaultyLink(Life life, Weather weather, int seat) {
    this.life = life;
    this.weather = weather;
    this.seat = seat;
    this.chance = life.world().chance().of("network " + life.number());
  }

  @Override
  public <T> CompletionStage<T> signal(Supplier<CompletionStage<T>> question) {
    return ask(question);
  }

  @Override
  public <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Appointment timeout =
        life.after(TIMEOUT_SECONDS, () -> fail(answer, "no answer within a second"));
    answer.whenComplete((value, failure) -> timeout.cancel()).exceptionally(failure -> null);
    lastThere = Math.max(lastThere, now() + way());
    after(lastThere, () -> there(question, answer));
    return answer;
  }

  private <T> void there(Supplier<CompletionStage<T>> question, CompletableFuture<T> answer) {
    if (weather.is(Weather.Kind.REFUSAL, seat)) {
      life.run(() -> fail(answer, "connection refused"));
      return;
    }
    if (weather.is(Weather.Kind.SILENCE, seat)) {
      return;
    }
    CompletionStage<T> done = question.get();
    if (chance.happens(weather.howMuch(Weather.Kind.ANSWERS_LOST, seat))) {
      return;
    }
    lastBack = Math.max(lastBack, now() + way());
    after(lastBack, () -> back(done, answer));
  }

  private <T> void back(CompletionStage<T> done, CompletableFuture<T> answer) {
    if (weather.is(Weather.Kind.REFUSAL, seat) || weather.is(Weather.Kind.SILENCE, seat)) {
      return;
    }
    life.run(
        () -> {
          CompletionStage<T> unused =
              done.whenComplete(
                  (value, failure) -> {
                    if (failure == null) {
                      answer.complete(value);
                    } else {
                      answer.completeExceptionally(failure);
                    }
                  });
        });
  }

  private static void fail(CompletableFuture<?> answer, String why) {
    answer.completeExceptionally(new StoreUnavailableException(why));
  }

  private double way() {
    double slow = weather.howMuch(Weather.Kind.DELAY, seat);
    return chance.between(0, 2 * ONE_WAY_SECONDS) + chance.between(0, slow / 2);
  }

  private double now() {
    return life.world().timeline().seconds();
  }

  private void after(double at, Runnable task) {
    Appointment unused = life.world().timeline().after(at - now(), task);
  }
}
