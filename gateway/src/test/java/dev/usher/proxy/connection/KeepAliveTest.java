package dev.usher.proxy.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeepAliveTest {
  @Test
  void aKeepAliveHeaderIsReadHoweverOddItIs() {
    assertThat(KeepAlive.millis("timeout=5")).isEqualTo(4000);
    assertThat(KeepAlive.millis("max=3, timeout=0")).isZero();
    assertThat(KeepAlive.millis("timeout=999999999999999999999")).isEqualTo(86_399_000);
    assertThat(KeepAlive.millis("timeout=x")).isZero();
    assertThat(KeepAlive.millis("max=3")).isEqualTo(Long.MAX_VALUE);
    assertThat(KeepAlive.millis(null)).isEqualTo(Long.MAX_VALUE);
  }
}
