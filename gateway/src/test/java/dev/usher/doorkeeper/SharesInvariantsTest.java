package dev.usher.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.SlotDivision.Holder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds however slots are divided. */
final class SharesInvariantsTest {
  private static Map<String, Integer> caps(int pods, Random chance, int most) {
    Map<String, Integer> caps = new HashMap<>();
    for (int i = 0; i < pods; i++) {
      caps.put("pod-" + i, chance.nextInt(most + 1));
    }
    return caps;
  }

  private static Holder holder(int number, Random chance, Map<String, Integer> free) {
    Map<String, Integer> held = new HashMap<>();
    Map<String, Integer> granted = new HashMap<>();
    free.replaceAll(
        (pod, left) -> {
          int has = chance.nextInt(left + 1);
          int may = chance.nextInt(left + 1);
          held.put(pod, has);
          granted.put(pod, may);
          return left - Math.max(has, may);
        });
    long demand = chance.nextInt(3) * (long) chance.nextInt(100);
    return new Holder("replica-" + number, demand, held, granted);
  }

  @Property(tries = 2000)
  void whatIsHeldOrMayBeTakenNeverExceedsTheCap(
      @ForAll @IntRange(max = 6) int pods,
      @ForAll @IntRange(max = 16) int replicas,
      @ForAll long seed) {
    Random chance = new Random(seed);
    Map<String, Integer> caps = caps(pods, chance, 40);
    Map<String, Integer> free = new HashMap<>(caps);
    List<Holder> holders = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      holders.add(holder(i, chance, free));
    }
    Map<String, Map<String, Integer>> grants =
        SlotDivision.divide(caps, holders, chance.nextInt(50));
    caps.forEach(
        (pod, cap) -> {
          int sum = 0;
          for (Holder each : holders) {
            int given = grants.getOrDefault(each.replica(), Map.of()).getOrDefault(pod, 0);
            sum += Math.max(each.exposed(pod), given);
          }
          assertThat(sum).as(pod).isLessThanOrEqualTo(cap);
        });
  }

  /** Each replica takes what it is granted, and reports it, until nothing changes. */
  private static Map<String, Map<String, Integer>> settled(
      Map<String, Integer> caps, Map<String, Long> demands, long turn) {
    Map<String, Map<String, Integer>> before = Map.of();
    for (int step = 0; step < 8; step++) {
      List<Holder> holders = new ArrayList<>();
      for (Map.Entry<String, Long> each : demands.entrySet()) {
        Map<String, Integer> has = before.getOrDefault(each.getKey(), Map.of());
        holders.add(new Holder(each.getKey(), each.getValue(), has, has));
      }
      Map<String, Map<String, Integer>> now = SlotDivision.divide(caps, holders, turn);
      if (now.equals(before)) {
        return now;
      }
      before = now;
    }
    throw new AssertionError("The shares must come to rest but moved on: " + before);
  }

  private static int sum(Map<String, Integer> slots) {
    return slots.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Property(tries = 500)
  void noSlotIsLeftUnusedAndNobodyStarves(
      @ForAll @IntRange(min = 1, max = 6) int pods,
      @ForAll @IntRange(min = 1, max = 16) int replicas,
      @ForAll long seed) {
    Random chance = new Random(seed);
    Map<String, Integer> caps = caps(pods, chance, 20);
    Map<String, Long> demands = new HashMap<>();
    for (int i = 0; i < replicas; i++) {
      demands.put("replica-" + i, 1L + chance.nextInt(chance.nextBoolean() ? 1 : 500));
    }
    Map<String, Map<String, Integer>> shares = settled(caps, demands, chance.nextInt(100));
    int all = shares.values().stream().mapToInt(SharesInvariantsTest::sum).sum();
    assertThat(all).isEqualTo(sum(caps));
    if (all >= replicas) {
      assertThat(shares.values()).allMatch(slots -> sum(slots) > 0);
    }
  }

  @Example
  void slotsFollowDemand() {
    Map<String, Map<String, Integer>> shares =
        settled(Map.of("a", 30, "b", 30), Map.of("busy", 90L, "idle", 0L, "calm", 30L), 0);
    assertThat(sum(shares.getOrDefault("busy", Map.of()))).isBetween(42, 46);
    assertThat(sum(shares.getOrDefault("calm", Map.of()))).isBetween(13, 16);
    assertThat(sum(shares.getOrDefault("idle", Map.of()))).isEqualTo(1);
  }

  @Example
  void fewSlotsOnManyPodsAreSharedEvenlyOnTheWhole() {
    Map<String, Integer> caps = new HashMap<>();
    for (int i = 0; i < 12; i++) {
      caps.put("pod-" + i, 2);
    }
    Map<String, Long> demands = Map.of("one", 9L, "two", 9L, "three", 9L, "four", 9L);
    assertThat(settled(caps, demands, 0).values()).allMatch(slots -> sum(slots) == 6);
  }

  @Example
  void whileThereAreFewerSlotsThanReplicasEachHasItsTurn() {
    Map<String, Long> demands = Map.of("one", 5L, "two", 5L, "three", 5L);
    Map<String, Integer> turns = new HashMap<>();
    for (long turn = 0; turn < 3; turn++) {
      settled(Map.of("pod", 2), demands, 3000 * turn)
          .forEach((replica, slots) -> turns.merge(replica, sum(slots), Integer::sum));
    }
    assertThat(turns.values()).containsExactly(2, 2, 2);
  }

  @Example
  void nobodyIsWithoutASlotForLongerThanARequestIsHeld() {
    Map<String, Long> demands = new HashMap<>();
    Map<String, Long> had = new HashMap<>();
    for (int i = 0; i < 16; i++) {
      demands.put("replica-" + i, 3L);
    }
    Map<String, Integer> caps = Map.of("a", 2, "b", 2);
    long longest = 0;
    for (long now = 0; now < 60_000; now += 200) {
      for (Map.Entry<String, Map<String, Integer>> each : settled(caps, demands, now).entrySet()) {
        if (sum(each.getValue()) > 0) {
          longest = Math.max(longest, now - had.getOrDefault(each.getKey(), 0L));
          had.put(each.getKey(), now);
        }
      }
    }
    assertThat(had).hasSize(16);
    assertThat(longest).isLessThanOrEqualTo(4200);
  }

  @Example
  void whoWantsNothingLeavesTheFewSlotsToThoseWhoDo() {
    Map<String, Map<String, Integer>> shares =
        settled(Map.of("pod", 2), Map.of("one", 5L, "two", 5L, "idle", 0L), 1);
    assertThat(shares.getOrDefault("idle", Map.of())).isEmpty();
  }

  @Example
  void aSlotGrowsAtOneReplicaOnlyAfterItShrankAtAnother() {
    Holder has = new Holder("has", 1, Map.of("pod", 4), Map.of("pod", 4));
    Holder wants = new Holder("wants", 1, Map.of(), Map.of());
    Map<String, Map<String, Integer>> first =
        SlotDivision.divide(Map.of("pod", 4), List.of(has, wants), 0);
    assertThat(first).isEqualTo(Map.of("has", Map.of("pod", 2), "wants", Map.of()));
    // It was told, but three requests are still in flight.
    Holder ebbs = new Holder("has", 1, Map.of("pod", 3), Map.of("pod", 2));
    assertThat(SlotDivision.divide(Map.of("pod", 4), List.of(ebbs, wants), 0))
        .isEqualTo(Map.of("has", Map.of("pod", 2), "wants", Map.of("pod", 1)));
  }
}
