package dev.usher.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.AFifthOfTries;
import dev.usher.store.memory.MemoryQueueStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Long random histories of replicas that join, leave, die, stop and go on, and lose answers. */
final class SlotHistoriesTest {
  private static final long TICK_MILLIS = 200;
  private static final long TIMEOUT = SlotPlay.TIMEOUT.toMillis();

  private long now = 1_800_000_000_000L;
  private final Map<String, Integer> caps = new HashMap<>();
  private final List<SlotPlay> running = new ArrayList<>();

  /** Who was stopped, and when; it may go on with what it had. */
  private final Map<SlotPlay, Long> stopped = new LinkedHashMap<>();

  /** Who died, and when; its requests are in the pods until they time out. */
  private final Map<SlotPlay, Long> dead = new LinkedHashMap<>();

  private MemoryQueueStore store = new MemoryQueueStore("nobody", () -> now);
  private int names;

  private void join(Random chance) {
    String name = "replica-" + names++;
    SlotPlay fresh = new SlotPlay(store.seenBy(name), caps, chance.nextLong());
    running.add(fresh);
  }

  private void happen(Random chance) {
    int what = chance.nextInt(100);
    if (running.isEmpty() || (what < 8 && running.size() + stopped.size() < 6)) {
      join(chance);
      return;
    }
    SlotPlay one = running.get(chance.nextInt(running.size()));
    if (what < 18 && now - one.reportedAt > 900) {
      // Who is cut off from the store for longer than a lease, and then lost, is not safe.
      return;
    }
    if (what < 11) {
      // Its last requests were cut off, and run on in the pods.
      var unused = one.shares.leave();
      running.remove(one);
      dead.put(one, now);
    } else if (what < 14) {
      running.remove(one);
      dead.put(one, now);
    } else if (what < 18) {
      running.remove(one);
      stopped.put(one, now);
    } else if (what < 24 && !stopped.isEmpty()) {
      SlotPlay goesOn = stopped.keySet().iterator().next();
      if (stopped.getOrDefault(goesOn, 0L) + TIMEOUT < now) {
        goesOn.inFlight.clear();
      }
      stopped.remove(goesOn);
      goesOn.store.trouble = 0;
      goesOn.tick(now);
      running.add(goesOn);
    } else if (what < 30) {
      one.store.trouble = chance.nextInt(3) * 10;
    }
  }

  private void step(Random chance) {
    happen(chance);
    for (SlotPlay each : running) {
      each.work(chance);
      each.store.answerTheLate();
      check();
      each.tick(now);
      each.work(chance);
      check();
      now += chance.nextInt((int) TICK_MILLIS / running.size());
    }
    now += chance.nextInt((int) TICK_MILLIS);
  }

  private void check() {
    dead.keySet().removeIf(one -> dead.getOrDefault(one, 0L) + TIMEOUT < now);
    caps.forEach(
        (pod, cap) -> {
          int sum = 0;
          for (SlotPlay each : running) {
            sum += each.exposed(pod);
          }
          for (Map.Entry<SlotPlay, Long> each : stopped.entrySet()) {
            sum += now - each.getValue() <= TIMEOUT ? each.getKey().exposed(pod) : 0;
          }
          for (SlotPlay each : dead.keySet()) {
            sum += each.inFlight.getOrDefault(pod, 0);
          }
          assertThat(sum).as("in flight on %s at %d", pod, now).isLessThanOrEqualTo(cap);
        });
  }

  @AddLifecycleHook(AFifthOfTries.class)
  @Tag("matrix")
  @Property(tries = 150)
  void neverMoreThanTheCapIsInFlightOrMayBe(
      @ForAll @IntRange(min = 1, max = 3) int pods, @ForAll long seed) {
    Random chance = new Random(seed);
    now = 1_800_000_000_000L;
    store = new MemoryQueueStore("nobody", () -> now);
    caps.clear();
    running.clear();
    stopped.clear();
    dead.clear();
    for (int i = 0; i < pods; i++) {
      caps.put("pod-" + i, 1 + chance.nextInt(12));
    }
    for (int i = 0; i < 400; i++) {
      step(chance);
    }
    endsWell(chance);
  }

  /**
   * After all trouble the whole cap is shared again; by turns where there is less than a slot each.
   */
  private void endsWell(Random chance) {
    running.forEach(each -> each.store.trouble = 0);
    running.forEach(each -> each.inFlight.clear());
    join(chance);
    Map<String, Integer> most = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      for (SlotPlay each : running) {
        each.store.answerTheLate();
        each.tick(now);
      }
      check();
      if (i >= 40) {
        // Between two turns all slots are on their way, and nobody has one.
        caps.keySet().forEach(pod -> most.merge(pod, shared(pod), Math::max));
      }
      now += TICK_MILLIS;
    }
    if (running.size() <= total()) {
      caps.forEach((pod, cap) -> assertThat(shared(pod)).as(pod).isEqualTo(cap));
    }
    assertThat(most).containsExactlyInAnyOrderEntriesOf(caps);
  }

  private int shared(String pod) {
    return running.stream().mapToInt(each -> each.limit(pod)).sum();
  }

  private int total() {
    return caps.values().stream().mapToInt(Integer::intValue).sum();
  }
}
