package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.upstream.ProofStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every store promises of what pods have proven; a part of the one contract. */
abstract class ProofsContract extends SlotsContract {
  @Test
  void whatOneReplicaSawProvenEveryOneIsTold() {
    assertThat(get(store.proven("shop", null))).isEmpty();
    assertThat(get(store.proven("shop", "first"))).containsExactly("first");
    assertThat(get(other.proven("shop", "second"))).containsExactlyInAnyOrder("first", "second");
    assertThat(get(store.proven("shop", null))).containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void whatPodsOfOneUpstreamHaveProvenSaysNothingOfAnother() {
    get(store.proven("shop", "first"));
    assertThat(get(store.proven("api", null))).isEmpty();
    assertThat(get(store.proven("api", "second"))).containsExactly("second");
    assertThat(get(store.proven("shop", null))).containsExactly("first");
  }

  @Test
  void whatWasProvenIsForgottenThirtyDaysAfterItWasLastNoted() {
    get(store.proven("shop", "early"));
    get(store.proven("shop", "again"));
    pass(Duration.ofDays(20));
    get(store.proven("shop", "again"));
    pass(Duration.ofDays(10).minusSeconds(5));
    assertThat(get(store.proven("shop", null))).containsExactlyInAnyOrder("early", "again");
    pass(Duration.ofSeconds(6));
    assertThat(get(store.proven("shop", null))).containsExactly("again");
    pass(Duration.ofDays(20));
    assertThat(get(store.proven("shop", null))).isEmpty();
  }

  @Test
  void onlyTheNewestVersionsAreRemembered() {
    for (int i = 0; i < ProofStore.VERSIONS_MOST + 2; i++) {
      get(store.proven("shop", "v" + i));
      pass(Duration.ofSeconds(1));
    }
    assertThat(get(store.proven("shop", null)))
        .hasSize(ProofStore.VERSIONS_MOST)
        .doesNotContain("v0", "v1")
        .contains("v2");
    get(store.proven("shop", "v2"));
    pass(Duration.ofSeconds(1));
    assertThat(get(store.proven("shop", "last"))).contains("v2").doesNotContain("v3");
  }
}
