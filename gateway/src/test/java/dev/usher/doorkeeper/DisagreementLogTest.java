package dev.usher.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.Concert;
import dev.usher.WrittenLog;
import dev.usher.store.memory.MemoryQueueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DisagreementLogTest {
  @RegisterExtension private final WrittenLog written = new WrittenLog(DisagreementLog.class);
  private long now = 1_800_000_000_000L;
  private long own = 100;
  private final MemoryQueueStore store = new MemoryQueueStore("leads", () -> now);
  private final Doorkeeper leads = Concert.doorkeeper(store, () -> 100);
  private final Doorkeeper follows = Concert.doorkeeper(store.seenBy("follows"), () -> own);
  private final DisagreementLog disagreement = new DisagreementLog(follows);

  private void after(long millis) {
    for (long end = now + millis; now < end; now += 200) {
      leads.tick(now).toCompletableFuture().join();
      follows.tick(now).toCompletableFuture().join();
      disagreement.look(now);
    }
  }

  @Test
  void aLastingDisagreementIsSaidOnceAndItsEndToo() {
    own = 70;
    after(2000);
    assertThat(written.said()).isEmpty();
    assertThat(follows.disagreement()).isEqualTo(0.3);
    assertThat(leads.disagreement()).isZero();
    after(10_000);
    assertThat(written.said())
        .containsExactly(
            "WARN capacity_disagreement [upstream=\"shop\", own=\"70\", store=\"100\"]");
    own = 95;
    after(1000);
    assertThat(written.said()).hasSize(2).last().asString().startsWith("INFO capacity_agreement ");
  }

  @Test
  void aShortOneIsNoNews() {
    after(1000);
    own = 70;
    after(1600);
    own = 100;
    after(5000);
    assertThat(written.said()).isEmpty();
  }

  @Test
  void bothCountTheReplicas() {
    after(1000);
    assertThat(leads.replicas()).isEqualTo(2);
    assertThat(follows.replicas()).isEqualTo(2);
  }
}
