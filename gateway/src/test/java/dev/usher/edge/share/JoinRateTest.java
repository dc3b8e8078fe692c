package dev.usher.edge.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class JoinRateTest {
  private static final long NOW = 1_800_000_000_000L;

  private final JoinRate rate = new JoinRate(200, JoinRate.Block.ADDRESS);

  private int joining(String address, int count, long now) {
    int joined = 0;
    for (int i = 0; i < count; i++) {
      joined += rate.admits(address(address), now) ? 1 : 0;
    }
    return joined;
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCampusComesAtOnceAndAFloodDoesNot() {
    assertThat(joining("192.0.2.1", 1900, NOW)).isEqualTo(1900);
    assertThat(joining("192.0.2.1", 23_000, NOW)).isBetween(100, 102);
    assertThat(joining("192.0.2.1", 23_000, NOW + 1000)).isBetween(199, 201);
    assertThat(joining("198.51.100.7", 1, NOW + 1000)).isEqualTo(1);
  }

  @Test
  void whatOneMachineMayCallItselfInIpv6IsOneAddress() {
    assertThat(joining("2001:db8:1:2200::1", 5000, NOW)).isBetween(2000, 2002);
    assertThat(joining("2001:db8:1:2200:ffff::9", 5000, NOW)).isZero();
    assertThat(joining("2001:db8:1:2201::1", 1, NOW)).as("the next /64").isEqualTo(1);
  }

  @Test
  void whatAHouseholdHasOfIpv6IsOneNetwork() {
    JoinRate networks = new JoinRate(200, JoinRate.Block.NETWORK);
    for (int i = 0; i < 3000; i++) {
      networks.admits(address("2001:db8:1:22%02x::1".formatted(i % 256)), NOW);
    }
    assertThat(networks.admits(address("2001:db8:1:22ff::9"), NOW)).isFalse();
    assertThat(networks.admits(address("2001:db8:1:2300::1"), NOW)).as("the next /56").isTrue();
  }

  @Test
  void aThreadThatStillHoldsAnEarlierMomentOpensNothing() {
    joining("192.0.2.1", 5000, NOW + 20);
    assertThat(joining("192.0.2.1", 5000, NOW)).isZero();
    assertThat(joining("192.0.2.1", 5000, NOW + 20)).isZero();
  }

  @Test
  void aClockThatIsSetBackKeepsNobodyOut() {
    joining("192.0.2.1", 5000, NOW);
    assertThat(joining("192.0.2.1", 1, NOW - 60_000)).isEqualTo(1);
  }
}
