package dev.usher.store;

import dev.usher.store.memory.MemoryQueueStore;
import dev.usher.store.redis.KeptRedis;
import dev.usher.store.redis.link.FrozenReplicas;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The store inside a process and the one in Redis, as three replicas see them. Both are asked the
 * same at the same time, and must answer the same.
 */
final class Twins {
  static final String UPSTREAM = "shop";
  static final List<String> REPLICAS = List.of("one", "two", "three");

  private final FrozenReplicas redis = new FrozenReplicas(UPSTREAM);
  private final Context context;
  private final MemoryQueueStore memory;
  private final List<QueueStore> inMemory;
  private final List<QueueStore> inRedis;
  private final List<String> told = new ArrayList<>();
  private long now = 1_800_000_000_000L;
  private @Nullable Runnable memoryKept;
  private @Nullable Runnable redisKept;

  Twins(Vertx vertx, Duration settle) {
    memory = new MemoryQueueStore(REPLICAS.get(0), () -> now, settle);
    inMemory = REPLICAS.stream().<QueueStore>map(memory::seenBy).toList();
    context = vertx.getOrCreateContext();
    inRedis = redis.stores(context, settle, REPLICAS);
    redis.setTime(now);
  }

  long now() {
    return now;
  }

  /** What was asked and answered, in order. */
  List<String> told() {
    return told;
  }

  /** Asks both, and returns what both answer; null when both know nothing of the room. */
  <T> @Nullable T ask(int replica, String what, Function<QueueStore, CompletionStage<T>> question) {
    Answer<T> memorys = answer(question, inMemory.get(replica));
    Answer<T> redises = answer(store -> onContext(question, store), inRedis.get(replica));
    String text = memorys.text();
    told.add(REPLICAS.get(replica) + ": " + what + (text.isEmpty() ? "" : " -> " + text));
    if (!memorys.equals(redises) && !text.equals(redises.text())) {
      throw new AssertionError("memory: " + text + "\nRedis:  " + redises.text());
    }
    return memorys.value();
  }

  /** What one of them answered. */
  private record Answer<T>(@Nullable T value, boolean unknown) {
    String text() {
      return unknown ? "nothing is known" : Telling.of(value);
    }
  }

  private <T> CompletionStage<T> onContext(
      Function<QueueStore, CompletionStage<T>> question, QueueStore store) {
    return Future.<T>future(
            answer ->
                context.runOnContext(
                    v -> Future.fromCompletionStage(question.apply(store)).onComplete(answer)))
        .toCompletionStage();
  }

  private static <T> Answer<T> answer(
      Function<QueueStore, CompletionStage<T>> question, QueueStore store) {
    try {
      return new Answer<>(
          question.apply(store).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join(),
          false);
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreUnavailableException) {
        return new Answer<>(null, true);
      }
      throw e;
    }
  }

  void pass(Duration time) {
    now += time.toMillis();
    redis.setTime(now);
    told.add("pass " + time.toMillis() + " ms, now " + now);
  }

  /** Both lose everything. */
  void lose() {
    memory.lose();
    KeptRedis.lose();
    redis.setTime(now);
    told.add("lose everything");
  }

  /** What both hold now is kept. */
  void keep() {
    memoryKept = memory.snapshot();
    redisKept = KeptRedis.snapshot();
    told.add("keep what there is");
  }

  /** Both go back to what was kept last, as another server would. */
  void goBack() {
    if (memoryKept != null && redisKept != null) {
      redisKept.run();
      redis.setTime(now);
      memoryKept.run();
      told.add("go back to what was kept");
    }
  }

  void close() {
    inRedis.forEach(store -> store.close().toCompletableFuture().join());
  }
}
