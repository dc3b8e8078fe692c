package dev.usher.edge.share;

import static dev.usher.edge.share.JoinRateTest.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.route.RoomRoute;
import dev.usher.http.Cidr;
import dev.usher.room.Decision.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JoinLimitsTest {
  private static final long NOW = 1_800_000_000_000L;

  private final JoinLimits limits =
      new JoinLimits(new RoomRoute.Joins(200, 1000, List.of(Cidr.of("203.0.113.0/24"))));

  private @Nullable Why refuse(String address) {
    return limits.refuse(address(address), NOW);
  }

  @Test
  void manyAddressesSideBySideAreOneNetwork() {
    int joined = 0;
    Why last = null;
    for (int i = 0; i < 25_600; i++) {
      Why why = refuse("192.0.2." + i % 256);
      joined += why == null ? 1 : 0;
      last = why;
    }
    assertThat(joined).isBetween(10_000, 10_001);
    assertThat(last).isEqualTo(Why.TOO_MANY_OF_NETWORK);
    assertThat(refuse("192.0.3.1")).as("the next network").isNull();
  }

  @Test
  void aFloodFromOneAddressLeavesItsNeighboursTheirShare() {
    for (int i = 0; i < 100_000; i++) {
      refuse("192.0.2.66");
    }
    assertThat(refuse("192.0.2.66")).isEqualTo(Why.TOO_MANY_JOIN);
    for (int i = 0; i < 7000; i++) {
      assertThat(refuse("192.0.2." + i % 64)).isNull();
    }
  }

  @Test
  void aFloodFromOneMachineOverIpv6LeavesItsNeighboursTheirShare() {
    for (int i = 0; i < 100_000; i++) {
      refuse("2001:db8:1:2200::%x".formatted(i % 4096 + 1));
    }
    assertThat(refuse("2001:db8:1:2200::66")).isEqualTo(Why.TOO_MANY_JOIN);
    int joined = 0;
    Why last = null;
    for (int i = 0; i < 10_000; i++) {
      last = refuse("2001:db8:1:22%02x::1".formatted(1 + i % 250));
      joined += last == null ? 1 : 0;
    }
    assertThat(joined).as("what the flood left of the network").isBetween(7990, 8001);
    assertThat(last).isEqualTo(Why.TOO_MANY_OF_NETWORK);
  }

  @Test
  void aHouseholdOfIpv6IsANetwork() {
    JoinLimits networks = new JoinLimits(new RoomRoute.Joins(0, 10, List.of()));
    int joined = 0;
    for (int i = 0; i < 1000; i++) {
      boolean in = networks.refuse(address("2001:db8:1:22" + i % 10 + "0::1"), NOW) == null;
      joined += in ? 1 : 0;
    }
    assertThat(joined).isBetween(100, 101);
  }

  @Test
  void whatIsListedAndThisMachineAreNotLimitedByNetwork() {
    JoinLimits narrow =
        new JoinLimits(new RoomRoute.Joins(0, 1, List.of(Cidr.of("203.0.113.0/24"))));
    for (int i = 0; i < 1000; i++) {
      assertThat(narrow.refuse(address("203.0.113." + i % 256), NOW)).isNull();
      assertThat(narrow.refuse(address("127.0.0." + i % 256), NOW)).isNull();
      assertThat(narrow.refuse(address("::1"), NOW)).isNull();
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(refuse("203.0.113.7")).as("nor by address, if listed").isNull();
    }
  }

  @Test
  void zeroIsNoLimit() {
    JoinLimits none = new JoinLimits(new RoomRoute.Joins(0, 0, List.of()));
    for (int i = 0; i < 50_000; i++) {
      assertThat(none.refuse(address("192.0.2.1"), NOW)).isNull();
    }
  }

  @Test
  void threadsThatComeAtOnceTogetherJoinNoMoreThanOneWould() {
    LongAdder joined = new LongAdder();
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int of = thread;
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  if (refuse("192.0.2." + (64 * of + i % 64)) == null) {
                    joined.increment();
                  }
                }
              },
              task -> new Thread(task, "joins").start()));
    }
    threads.forEach(CompletableFuture::join);
    assertThat(joined.sum()).isBetween(10_000L, 10_001L);
  }
}
