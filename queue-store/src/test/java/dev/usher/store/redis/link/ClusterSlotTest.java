package dev.usher.store.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClusterSlotTest {
  @Test
  void slotsAreThoseOfRedis() {
    // As CLUSTER KEYSLOT answers.
    assertThat(ClusterSlot.of("123456789")).isEqualTo(12739);
    assertThat(ClusterSlot.of("foo")).isEqualTo(12182);
    assertThat(ClusterSlot.of("")).isZero();
  }

  @Test
  void aKeyLiesWhereItsTagDoes() {
    assertThat(ClusterSlot.tag("usher:{shop}:pool")).isEqualTo("shop");
    assertThat(ClusterSlot.tag("usher:{a}{b}")).isEqualTo("a");
    assertThat(ClusterSlot.tag("usher:{}:x")).isEqualTo("usher:{}:x");
    assertThat(ClusterSlot.tag("usher")).isEqualTo("usher");
  }
}
