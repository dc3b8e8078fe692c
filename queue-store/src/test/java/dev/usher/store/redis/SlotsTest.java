package dev.usher.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SlotsTest {
  @Test
  void slotsAreThoseOfRedis() {
    // As CLUSTER KEYSLOT answers.
    assertThat(Slots.of("123456789")).isEqualTo(12739);
    assertThat(Slots.of("foo")).isEqualTo(12182);
    assertThat(Slots.of("")).isZero();
  }

  @Test
  void aKeyLiesWhereItsTagDoes() {
    assertThat(Slots.tag("usher:{shop}:pool")).isEqualTo("shop");
    assertThat(Slots.tag("usher:{a}{b}")).isEqualTo("a");
    assertThat(Slots.tag("usher:{}:x")).isEqualTo("usher:{}:x");
    assertThat(Slots.tag("usher")).isEqualTo("usher");
  }
}
