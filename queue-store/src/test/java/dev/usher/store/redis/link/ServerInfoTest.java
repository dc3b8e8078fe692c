package dev.usher.store.redis.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ServerInfoTest {
  private static ServerInfo info(String... lines) {
    return new ServerInfo(String.join("\r\n", lines));
  }

  @Test
  void versionsBeforeSevenAreTooOld() {
    assertThat(info("# Server", "redis_version:6.2.14").isTooOld()).isTrue();
    assertThat(info("redis_version:7.0.0").isTooOld()).isFalse();
    // As Valkey 8 says, for the sake of clients.
    assertThat(info("redis_version:7.2.4", "valkey_version:8.0.1").isTooOld()).isFalse();
    assertThat(info("redis_version:10.1").isTooOld()).isFalse();
    assertThat(info().isTooOld()).isFalse();
  }

  @Test
  void onlyNoevictionKeepsEveryPlace() {
    assertThat(info("maxmemory_policy:noeviction").mayEvict()).isFalse();
    assertThat(info("maxmemory_policy:volatile-ttl").mayEvict()).isTrue();
    assertThat(info().mayEvict()).isFalse();
  }

  @Test
  void replicasAndServersThatStillReadTheirDataAreNotUsed() {
    assertThatCode(() -> info("loading:0", "role:master").check()).doesNotThrowAnyException();
    assertThatThrownBy(() -> info("role:slave", "master_host:a", "master_port:1").check())
        .hasMessage("READONLY: this server is a replica of a:1");
    assertThatThrownBy(() -> info("loading:1", "role:master").check())
        .hasMessageStartingWith("LOADING");
  }
}
