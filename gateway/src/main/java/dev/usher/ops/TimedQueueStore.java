package dev.usher.ops;

import static java.util.Objects.requireNonNull;

import dev.usher.store.InterceptedQueueStore;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreOperation;
import dev.usher.store.StoreUnavailableException;
import dev.usher.words.EnumWords;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store whose answers are timed, by operation and outcome. */
final class TimedQueueStore extends InterceptedQueueStore {
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(250_000),
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2)
  };

  private final MeterRegistry registry;
  private final Counter unavailable;
  private final Map<StoreOperation, Operation> operations = new EnumMap<>(StoreOperation.class);

  TimedQueueStore(QueueStore store, MeterRegistry registry) {
    super(store);
    this.registry = registry;
    this.unavailable =
        Counter.builder("usher_store_unavailable_total")
            .description("Answers that the store did not give")
            .register(registry);
    for (StoreOperation operation : StoreOperation.values()) {
      operations.put(operation, new Operation(EnumWords.lower(operation)));
    }
  }

  /** One operation's timers. */
  private final class Operation {
    private final Timer good;
    private final Timer away;
    private final Timer broken;

    Operation(String name) {
      good = timer(name, "ok");
      away = timer(name, "unavailable");
      broken = timer(name, "failed");
    }

    private Timer timer(String name, String outcome) {
      return Timer.builder("usher_store_operation_seconds")
          .tags("operation", name, "outcome", outcome)
          .description("Answers of the store, by operation and outcome")
          .serviceLevelObjectives(BUCKETS)
          .register(registry);
    }

    <T> CompletionStage<T> time(long startedAt, CompletionStage<T> answer) {
      var unused = answer.whenComplete((value, failure) -> ended(startedAt, failure));
      // The store's own stage, not the one after it, which would wrap a failure once more.
      return answer;
    }

    private void ended(long startedAt, @Nullable Throwable failure) {
      timer(failure).record(now() - startedAt, TimeUnit.NANOSECONDS);
    }

    private Timer timer(@Nullable Throwable failure) {
      if (failure == null) {
        return good;
      }
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (cause instanceof StoreUnavailableException) {
        unavailable.increment();
        return away;
      }
      return broken;
    }
  }

  private long now() {
    return registry.config().clock().monotonicTime();
  }

  @Override
  protected <T> CompletionStage<T> intercept(
      StoreOperation operation, Supplier<CompletionStage<T>> call) {
    return requireNonNull(operations.get(operation)).time(now(), call.get());
  }
}
