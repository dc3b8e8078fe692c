package dev.usher.provision.floor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.memory.MemoryQueueStore;
import dev.usher.store.upstream.Lease;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Where something may be raised outlasts the gateway that raised it. */
final class FloorPlacesTest {
  private static final Duration TERM = Duration.ofHours(1);

  private final MemoryQueueStore store = new MemoryQueueStore("one", () -> 1_800_000_000_000L);
  private final MemoryQueueStore next = store.seenBy("two");
  private final Lease shop = done(store.lead("shop", TERM));
  private final Lease api = done(store.lead("api", TERM));
  private final Lease follower = done(next.lead("api", TERM));

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  /** A gateway begins that leads both, and looks so often. */
  private FloorPlaces gateway(int looks, String... namespaces) {
    FloorPlaces places = new FloorPlaces();
    places.add(Set.of(namespaces));
    look(places, looks);
    return places;
  }

  private void look(FloorPlaces places, int looks) {
    for (int i = 0; i < looks; i++) {
      done(places.tell(store, shop));
      done(places.tell(store, api));
    }
  }

  @Test
  void anotherFileStillLooksWhereTheLastOneRaisedSomething() {
    gateway(2, "tickets", "gate");
    FloorPlaces moved = gateway(1, "elsewhere");
    assertThat(moved.all()).containsExactlyInAnyOrder("tickets", "gate", "elsewhere");
    look(moved, 1);
    assertThat(gateway(1).all()).contains("elsewhere", "tickets");
  }

  @Test
  void oneUpstreamThatIsStillThereIsEnough() {
    gateway(2, "tickets");
    FloorPlaces places = new FloorPlaces();
    done(places.tell(next, follower));
    assertThat(places.all()).containsExactly("tickets");
  }

  @Test
  void whereNothingIsLeftIsForgotten() {
    FloorPlaces places = gateway(2, "tickets", "gate");
    places.forget(Set.of("tickets"));
    look(places, 1);
    assertThat(places.all()).containsExactly("gate");
    assertThat(gateway(1).all()).containsExactly("gate");
    places.forget(Set.of("gate"));
    look(places, 1);
    assertThat(gateway(1).all()).isEmpty();
  }
}
