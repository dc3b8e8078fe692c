package dev.usher.doorkeeper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The division of the slots of an upstream's pods among its replicas: what each may have in flight
 * on each pod. The sum over replicas of what each holds or may have never exceeds the pod's cap, so
 * a slot first shrinks away at one replica, which reports so, and then grows at another.
 */
final class SlotDivision {
  /** A division stays while nobody is off by a slot plus this part of what is due. */
  private static final double TOLERANCE = 1.0 / 8;

  /**
   * Longest turn. Each change of turns leaves slots unused for two or three ticks, which must be
   * worth it.
   */
  private static final long TURN_MAX_MILLIS = 3000;

  private static final long TURN_MIN_MILLIS = 800;

  /**
   * Longest time without a slot: an admitted request is held for five seconds, and by then its
   * replica should have had one.
   */
  private static final long WITHOUT_MILLIS = 4000;

  private final List<Holder> live;

  /** What the live replicas may have together, and below what each is to get; both by pod. */
  private final Map<String, Integer> room;

  private final Map<String, Map<String, Integer>> due = new TreeMap<>();

  /**
   * A live replica that has slots, or wants some.
   *
   * @param replica its name
   * @param demand requests it recently had in flight or waiting
   * @param held what it holds by pod, as last reported
   * @param granted what it may have by pod
   */
  public record Holder(
      String replica, long demand, Map<String, Integer> held, Map<String, Integer> granted) {

    /** The most it has or may take at any moment. */
    int exposed(String pod) {
      return Math.max(held.getOrDefault(pod, 0), granted(pod));
    }

    int granted(String pod) {
      return granted.getOrDefault(pod, 0);
    }

    long weight() {
      return Math.max(1, demand);
    }
  }

  private SlotDivision(Map<String, Integer> room, List<Holder> holders) {
    this.live = holders.stream().sorted(Comparator.comparing(Holder::replica)).toList();
    this.room = new TreeMap<>(room);
    this.room.keySet().forEach(pod -> due.put(pod, new TreeMap<>()));
  }

  /**
   * Divides the slots. Returns what each live replica may have, by its name and by pod.
   *
   * @param room most requests in flight on each pod from all of them
   * @param holders all live replicas
   * @param now milliseconds since 1970; while there are fewer slots than replicas they take turns
   */
  public static Map<String, Map<String, Integer>> divide(
      Map<String, Integer> room, List<Holder> holders, long now) {
    SlotDivision shares = new SlotDivision(room, holders);
    shares.divideWhatIsDue(now);
    return shares.grants();
  }

  /**
   * Lets each live replica keep what it holds, because others may hold slots that nobody knows of.
   */
  public static Map<String, Map<String, Integer>> freeze(List<Holder> holders) {
    Map<String, Map<String, Integer>> grants = new TreeMap<>();
    for (Holder holder : holders) {
      Map<String, Integer> all = new TreeMap<>(holder.held());
      holder.granted().forEach((pod, slots) -> all.merge(pod, slots, Math::max));
      grants.put(holder.replica(), all);
    }
    return grants;
  }

  private void divideWhatIsDue(long now) {
    int slots = room.values().stream().mapToInt(Integer::intValue).sum();
    List<Holder> wanting = live.stream().filter(holder -> holder.demand() > 0).toList();
    List<Holder> first = wanting.isEmpty() ? live : wanting;
    if (live.isEmpty()) {
      return;
    }
    if (slots >= live.size()) {
      divideByDemand(live);
    } else if (slots >= first.size()) {
      // A replica without demand gets a slot as soon as it has some.
      divideByDemand(first);
    } else if (slots > 0) {
      takeTurns(first, slots, now);
    }
  }

  /**
   * Divides by largest remainder, where what is rounded away on one pod counts on the next: so the
   * shares are right as a whole even if there are few slots on each of many pods.
   */
  private void divideByDemand(List<Holder> among) {
    long weights = among.stream().mapToLong(Holder::weight).sum();
    Map<String, Double> owed = new HashMap<>();
    Map<String, Integer> given = new HashMap<>();
    room.forEach(
        (pod, slots) -> {
          Map<String, Double> quotas = new HashMap<>();
          for (Holder holder : among) {
            double quota = (double) slots * holder.weight() / weights;
            quotas.put(holder.replica(), quota);
            owed.merge(holder.replica(), quota, Double::sum);
          }
          Map<String, Integer> here =
              isGoodEnough(pod, slots, quotas) ? present(pod) : rounded(pod, quotas, owed);
          here.forEach(
              (replica, count) -> {
                owed.merge(replica, (double) -count, Double::sum);
                given.merge(replica, count, Integer::sum);
              });
          due.put(pod, here);
        });
    giveEveryoneASlot(among, given);
  }

  /**
   * Whether to leave the slots where they are: every move leaves a slot unused for some ticks, so
   * small changes of demand cause none.
   */
  private boolean isGoodEnough(String pod, int slots, Map<String, Double> quotas) {
    int sum = 0;
    for (Holder holder : live) {
      double quota = quotas.getOrDefault(holder.replica(), 0.0);
      int has = holder.granted(pod);
      sum += has;
      if (Math.abs(has - quota) >= 1 + quota * TOLERANCE) {
        return false;
      }
    }
    return sum == slots;
  }

  private Map<String, Integer> present(String pod) {
    Map<String, Integer> present = new TreeMap<>();
    live.forEach(holder -> present.put(holder.replica(), holder.granted(pod)));
    return present;
  }

  private Map<String, Integer> rounded(
      String pod, Map<String, Double> quotas, Map<String, Double> owed) {
    Map<String, Integer> here = new TreeMap<>();
    int left = room.getOrDefault(pod, 0);
    for (Map.Entry<String, Double> quota : quotas.entrySet()) {
      int whole = quota.getValue().intValue();
      here.put(quota.getKey(), whole);
      left -= whole;
    }
    List<String> order = new ArrayList<>(here.keySet());
    order.sort(
        Comparator.<String>comparingDouble(
                replica -> here.getOrDefault(replica, 0) - owed.getOrDefault(replica, 0.0))
            .thenComparing(byHash(pod)));
    for (int i = 0; left > 0; i = (i + 1) % order.size(), left--) {
      here.merge(order.get(i), 1, Integer::sum);
    }
    return here;
  }

  /** While there are enough slots nobody starves: the replica with the most gives one up. */
  private void giveEveryoneASlot(List<Holder> among, Map<String, Integer> given) {
    for (Holder poor : among) {
      if (given.getOrDefault(poor.replica(), 0) == 0) {
        String rich = "";
        for (Holder each : among) {
          if (given.getOrDefault(each.replica(), 0) > given.getOrDefault(rich, 1)) {
            rich = each.replica();
          }
        }
        if (rich.isEmpty()) {
          return;
        }
        move(rich, poor.replica());
        given.merge(rich, -1, Integer::sum);
        given.put(poor.replica(), 1);
      }
    }
  }

  private void move(String rich, String poor) {
    Map<String, Integer> from = Map.of();
    for (Map<String, Integer> each : due.values()) {
      if (each.getOrDefault(rich, 0) > from.getOrDefault(rich, 0)) {
        from = each;
      }
    }
    if (!from.isEmpty()) {
      from.merge(rich, -1, Integer::sum);
      from.merge(poor, 1, Integer::sum);
    }
  }

  /**
   * Gives each replica a slot for a turn and then none for some. All slots change hands at each
   * turn, and turns are shorter the fewer slots there are, because no replica should be without one
   * for longer than a request is held.
   */
  private void takeTurns(List<Holder> among, int slots, long now) {
    List<Holder> order = new ArrayList<>(among);
    order.sort(Comparator.comparing(Holder::replica, byHash("")));
    long without = (order.size() - 1L) / slots;
    long turn =
        now / Math.max(TURN_MIN_MILLIS, Math.min(TURN_MAX_MILLIS, WITHOUT_MILLIS / without));
    List<Holder> owners = new ArrayList<>();
    for (long j = turn * slots; j < (turn + 1) * slots; j++) {
      owners.add(order.get((int) Math.floorMod(j, (long) order.size())));
    }
    Map<String, Integer> left = new TreeMap<>(room);
    // A replica that has a slot keeps it where it is.
    owners.removeIf(owner -> gets(owner, left, owner.granted().keySet()));
    owners.forEach(owner -> gets(owner, left, left.keySet()));
  }

  private boolean gets(Holder owner, Map<String, Integer> left, Collection<String> pods) {
    for (String pod : pods) {
      if (left.getOrDefault(pod, 0) > 0) {
        left.merge(pod, -1, Integer::sum);
        due.getOrDefault(pod, new TreeMap<>()).merge(owner.replica(), 1, Integer::sum);
        return true;
      }
    }
    return false;
  }

  /** Raises no replica's grant before others have reported that they hold less. */
  private Map<String, Map<String, Integer>> grants() {
    Map<String, Map<String, Integer>> grants = new TreeMap<>();
    live.forEach(holder -> grants.put(holder.replica(), new TreeMap<>()));
    due.forEach(
        (pod, shares) -> {
          int free = room.getOrDefault(pod, 0) - live.stream().mapToInt(h -> h.exposed(pod)).sum();
          for (Holder holder : inNeed(pod, shares)) {
            int share = shares.getOrDefault(holder.replica(), 0);
            // A replica costs nothing by being granted what it may take anyway.
            int granted = Math.min(share, holder.exposed(pod));
            int more = Math.min(share - granted, Math.max(0, free));
            free -= more;
            if (granted + more > 0) {
              grants.getOrDefault(holder.replica(), new TreeMap<>()).put(pod, granted + more);
            }
          }
        });
    return grants;
  }

  private List<Holder> inNeed(String pod, Map<String, Integer> shares) {
    List<Holder> order = new ArrayList<>(live);
    order.sort(
        Comparator.<Holder>comparingInt(
                holder -> holder.exposed(pod) - shares.getOrDefault(holder.replica(), 0))
            .thenComparing(Holder::replica, byHash(pod)));
    return order;
  }

  /**
   * Rendezvous hashing: a different order for each pod, and only those who come or go cause moves.
   */
  private static Comparator<String> byHash(String pod) {
    return Comparator.<String>comparingLong(replica -> mixed(pod, replica))
        .thenComparing(Comparator.naturalOrder());
  }

  private static long mixed(String pod, String replica) {
    long hash = 0xcbf29ce484222325L;
    for (char c : (pod + ' ' + replica).toCharArray()) {
      hash = (hash ^ c) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }
}
