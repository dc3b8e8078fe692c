package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.config.GatewayConfig;
import dev.usher.store.InterceptedQueueStore;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreOperation;
import dev.usher.store.memory.MemoryQueueStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The number of pods is written down beside the ticks, which decide who comes in. */
final class TicksAndNotesTest {
  private final Stage stage;
  private final Vertx vertx = Vertx.vertx();

  TicksAndNotesTest(@TempDir Path folder) {
    stage = new Stage(folder);
  }

  @AfterEach
  void close() {
    vertx.close().await();
    stage.close();
  }

  /** A store that answers everything but how many pods are needed. */
  private static final class WithoutNotes extends InterceptedQueueStore {
    WithoutNotes(QueueStore store) {
      super(store);
    }

    @Override
    protected <T> CompletionStage<T> intercept(
        StoreOperation operation, Supplier<CompletionStage<T>> call) {
      return operation == StoreOperation.NOTE ? new CompletableFuture<>() : call.get();
    }
  }

  @Test
  void aTickIsDoneThoughTheNumberOfPodsIsNotWrittenDown() {
    GatewayConfig.Upstream shop =
        stage.config(Stage.shop(stage.pod(), 5) + "rooms: {concert: {}}").upstreams().get(0);
    QueueStore store = new WithoutNotes(new MemoryQueueStore("one", System::currentTimeMillis));
    RunningUpstream.Shared shared =
        new RunningUpstream.Shared(
            vertx,
            store,
            () -> {
              throw new IllegalStateException("no cluster");
            },
            changed -> {});
    RunningUpstream upstream = new RunningUpstream(shared, shop, List.of());
    assertThat(upstream.tick(System::currentTimeMillis).toCompletionStage())
        .succeedsWithin(10, TimeUnit.SECONDS);
  }
}
