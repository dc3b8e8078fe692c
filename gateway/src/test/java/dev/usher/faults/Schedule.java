package dev.usher.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What goes wrong in one run, and when.
 *
 * @param name its name
 * @param seed of all chance in it
 * @param visitors how many come
 * @param clockOffsets by how much the clock of each replica is ahead, in milliseconds
 * @param steps in the order of time
 */
record Schedule(String name, long seed, int visitors, List<Long> clockOffsets, List<Step> steps) {
  /** Two pods with a small capacity, so that there is a line. */
  private static final int PODS = 2;

  private static final int SESSIONS_PER_POD = 10;
  private static final int IN_FLIGHT_PER_POD = 4;

  /** The line has formed by then. */
  private static final long BEGIN_MILLIS = 3000;

  /** By then there were requests enough to know how long they take. */
  private static final long MEASURED_MILLIS = 15_000;

  /** From so many on they come within a second, to pods of their own, and poll as in production. */
  private static final int CROWD = 1000;

  private static final World.Size SMALL =
      new World.Size(PODS, SESSIONS_PER_POD, IN_FLIGHT_PER_POD, "{min: 200ms, max: 1s}", List.of());
  private static final World.Size LARGE =
      new World.Size(4, 100, 40, "{min: 500ms, max: 6s}", List.of());

  /** Newcomers come until so long after the last fault. */
  private static final long RUSH_AFTER_MILLIS = 2000;

  /** After the last fault and its resumption, the rest of the line gets so long to come in. */
  private static final long REST_MILLIS = 45_000;

  private static final long REST_OF_CROWD_MILLIS = 420_000;

  private static final List<Long> RIGHT = List.of(0L, 0L, 0L);
  private static final long SKEW = 30_000;

  /** A fault at a moment, in milliseconds since the start, for so long. */
  record Step(long at, Fault fault, long millis) {}

  World.Size size() {
    return (visitors < CROWD ? SMALL : LARGE).at(clockOffsets);
  }

  /** Until when visitors come. */
  long rush() {
    return visitors < CROWD ? end() + RUSH_AFTER_MILLIS : 1001;
  }

  /** How long it takes at most until all have come in. */
  long rest() {
    return visitors < CROWD ? REST_MILLIS : REST_OF_CROWD_MILLIS;
  }

  /** When its last fault is over, as planned. */
  long end() {
    return steps.stream().mapToLong(step -> step.at() + step.millis()).max().orElse(BEGIN_MILLIS);
  }

  private static Schedule of(String name, int visitors, Step... steps) {
    return new Schedule(name, name.hashCode(), visitors, RIGHT, List.of(steps));
  }

  /** One gateway. */
  private static Schedule alone(String name, Step step) {
    return new Schedule(name, name.hashCode(), 150, List.of(0L), List.of(step));
  }

  private static Step step(Fault fault, long millis) {
    return new Step(BEGIN_MILLIS, fault, millis);
  }

  /** Schedules by their names. */
  static Map<String, Schedule> named() {
    List<Schedule> all = new ArrayList<>();
    all.add(of("kill-leader", 150, step(ReplicaFault.KILL_LEADER, 4000)));
    all.add(of("stop-leader-10s", 200, step(ReplicaFault.STOP_LEADER, 10_000)));
    all.add(of("stop-3s", 200, step(ReplicaFault.STOP_FOLLOWER, 3000)));
    all.add(of("store-cut-one-of-three", 200, step(ReplicaFault.CUT_FOLLOWER, 8000)));
    all.add(alone("kill-alone", new Step(MEASURED_MILLIS, ReplicaFault.KILL_ALONE, 500)));
    all.add(of("connection-cut-of-one-replica", 150, step(ReplicaFault.CUT_LEADER, 5000)));
    all.add(of("silence-of-one-replica", 150, step(ReplicaFault.SILENCE_LEADER, 5000)));
    all.add(of("script-flush", 150, step(StoreFault.SCRIPT_FLUSH, 5000)));
    all.add(of("delay-500ms", 150, step(StoreFault.DELAY_500MS, 6000)));
    all.add(of("store-frozen", 150, step(StoreFault.FROZEN, 5000)));
    all.add(of("store-cut", 150, step(StoreFault.ALL_CUT, 5000)));
    all.add(of("store-killed-empty-after-5s", 200, step(StoreFault.KILLED_EMPTY, 5000)));
    all.add(of("store-restart-old-dump", 200, step(StoreFault.OLD_DUMP, 3000)));
    all.add(of("flushall", 200, step(StoreFault.FLUSHALL, 0)));
    all.add(of("failover-lost-writes", 200, step(StoreFault.FAILOVER_LOST_WRITES, 1500)));
    all.add(of("eviction", 200, step(StoreFault.EVICTION, 3000)));
    all.add(of("wrong-type", 200, step(StoreFault.WRONG_TYPE, 3000)));
    all.add(of("all-down", 150, step(StoreFault.ALL_DOWN, 2000)));
    all.add(of("ingress-cut", 300, new Step(6000, StreetFault.INGRESS_CUT, 185_000)));
    all.add(of("ingress-fades", 300, new Step(6000, StreetFault.INGRESS_FADES, 185_000)));
    all.add(new Schedule("clock-skew-30s", 30, 150, List.of(-SKEW, 0L, SKEW), List.of()));
    all.add(
        of(
            "crowd-of-15000",
            15_000,
            // Two processors that play the crowd, too, need the first half minute for its coming.
            new Step(30_000, ReplicaFault.KILL_LEADER, 5000),
            new Step(45_000, StoreFault.KILLED_EMPTY, 20_000),
            new Step(90_000, StoreFault.FAILOVER_LOST_WRITES, 1500)));
    Map<String, Schedule> named = new LinkedHashMap<>();
    all.forEach(schedule -> named.put(schedule.name(), schedule));
    return named;
  }

  /** Faults of all kinds, drawn by chance. */
  static Schedule random(long seed) {
    return random(seed, List.of(StoreFault.values()));
  }

  /** One fault of a replica after another, and meanwhile some of these of the store. */
  static Schedule random(long seed, List<StoreFault> ofStore) {
    SplittableRandom chance = new SplittableRandom(seed);
    List<Step> steps = new ArrayList<>();
    long replicas = BEGIN_MILLIS + chance.nextLong(3000);
    long store = BEGIN_MILLIS + chance.nextLong(6000);
    for (int i = chance.nextInt(1, 3); i > 0; i--) {
      Step step = new Step(store, any(ofStore, chance), lasts(chance));
      steps.add(step);
      store += step.millis() + chance.nextLong(6000, 12_000);
    }
    boolean allDown = steps.stream().anyMatch(step -> step.fault() == StoreFault.ALL_DOWN);
    for (int i = allDown ? 0 : chance.nextInt(1, 4); i > 0; i--) {
      Step step = new Step(replicas, any(List.of(ReplicaFault.values()), chance), lasts(chance));
      steps.add(step);
      replicas += step.millis() + chance.nextLong(2000, 6000);
    }
    List<Long> offsets = new ArrayList<>();
    boolean skewed = chance.nextInt(4) == 0;
    for (int i = 0; i < RIGHT.size(); i++) {
      offsets.add(skewed ? chance.nextLong(-SKEW, SKEW) : 0);
    }
    return new Schedule("random", seed, chance.nextInt(150, 301), offsets, steps);
  }

  private static <T> T any(List<T> all, SplittableRandom chance) {
    return all.get(chance.nextInt(all.size()));
  }

  private static long lasts(SplittableRandom chance) {
    return chance.nextLong(500, 8000);
  }
}
