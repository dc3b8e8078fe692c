package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import dev.usher.store.InterceptedQueueStore;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreOperation;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who listens is there, as the store is told, though nothing is asked. */
class PresentByStreamTest {
  @TempDir private Path folder = Path.of(".");

  /** Counts how often it is told of somebody who waits, by number. */
  private static final class Told extends InterceptedQueueStore {
    private final AtomicInteger of = new AtomicInteger();

    Told(QueueStore store) {
      super(store);
    }

    @Override
    protected <T> CompletionStage<T> intercept(
        StoreOperation operation, Supplier<CompletionStage<T>> call) {
      return call.get();
    }

    @Override
    public CompletionStage<Void> see(Queue queue, PresenceReport report) {
      of.addAndGet(report.waiting().chunkCount() > 0 ? 1 : 0);
      return super.see(queue, report);
    }
  }

  @Test
  void whoOnlyListensIsNotTakenForAbsent() {
    Told[] told = new Told[1];
    try (Stage stage = new Stage(folder)) {
      String yaml =
          "listen: {host: 127.0.0.1, port: 0}\nops: {host: 127.0.0.1, port: 0}\n"
              + Stage.shop(stage.pod(), 1)
              + "rooms: {concert: {}}";
      Gateway gateway =
          Gateway.start(
              stage.config(yaml),
              store -> {
                told[0] = new Told(store);
                return told[0];
              });
      try {
        new Guest(gateway.port()).comesIn("/");
        Guest guest = new Guest(gateway.port());
        Stage.until("the guest waits", () -> "waiting".equals(guest.opens("/").state()));
        Wait.pause(1500); // what was asked until now has been told
        int asked = told[0].of.get();
        Wait.pause(2000);
        assertThat(told[0].of).as("nothing is told of who is silent").hasValue(asked);
        try (Listening stream = guest.listens()) {
          stream.hears("place", "waiting");
          Stage.until("it is told again and again", () -> told[0].of.get() >= asked + 4);
        }
      } finally {
        gateway.stop();
      }
    }
  }
}
