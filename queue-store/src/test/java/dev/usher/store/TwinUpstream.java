package dev.usher.store;

import dev.usher.store.upstream.Grants;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.LiveChange;
import dev.usher.store.upstream.LiveSet;
import dev.usher.store.upstream.LiveState;
import dev.usher.store.upstream.LiveStore.Annals;
import dev.usher.store.upstream.Sharing;
import dev.usher.store.upstream.SlotDecay;
import dev.usher.store.upstream.SlotReport;
import dev.usher.store.upstream.Slots;
import dev.usher.store.upstream.WorkReport;
import dev.usher.store.upstream.Works;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What replicas ask for the whole upstream in a history of twins. */
final class TwinUpstream {
  private static final List<String> PODS = List.of("10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80");

  private final Twins twins;
  private final Lease[] leases = new Lease[Twins.REPLICAS.size()];
  private final @Nullable Sharing[] told = new Sharing[Twins.REPLICAS.size()];
  private final @Nullable Works[] works = new Works[Twins.REPLICAS.size()];

  /** What operators know of what is set for each room. */
  private final Map<String, LiveState> live = new TreeMap<>();

  TwinUpstream(Twins twins, List<TwinRoom> rooms) {
    this.twins = twins;
    rooms.forEach(room -> live.put(room.queue.room(), LiveState.unset(room.queue.room())));
    Arrays.fill(leases, new Lease(Twins.UPSTREAM, 0));
  }

  Lease lease(int replica) {
    return leases[replica];
  }

  /** Who holds the lease with the highest fence. */
  int leader() {
    int leader = 0;
    for (int i = 1; i < leases.length; i++) {
      leader = leases[i].fence() > leases[leader].fence() ? i : leader;
    }
    return leader;
  }

  /** When visitors gather: mostly never; else now, soon, or lately. */
  Gathering gathering(SplittableRandom random) {
    if (random.nextInt(6) > 0) {
      return Gathering.NONE;
    }
    long from = twins.now() - 4000 + random.nextInt(6000);
    return new Gathering(from, from + random.nextInt(8000));
  }

  void lead(SplittableRandom random) {
    lead(random.nextInt(leases.length), Duration.ofMillis(500 + random.nextInt(4000)));
  }

  void lead(int replica, Duration term) {
    Lease lease = twins.ask(replica, "lead " + term, store -> store.lead(Twins.UPSTREAM, term));
    // Who lost it may not know of that, and goes on with the old one.
    if (lease != null && lease.held()) {
      leases[replica] = lease;
    }
  }

  private static Slots slots(SplittableRandom random) {
    Map<String, Integer> slots = new HashMap<>();
    for (String pod : PODS) {
      slots.put(pod, random.nextInt(4));
    }
    return Slots.of(slots);
  }

  private SlotReport report(int replica, SplittableRandom random) {
    Sharing last = random.nextInt(12) == 0 ? null : told[replica];
    SlotDecay stays =
        random.nextBoolean()
            ? SlotDecay.UNKNOWN
            : new SlotDecay(slots(random), List.of(900, 800, 500, 300, 100, 20, 3, 0), 1200);
    return new SlotReport(
        slots(random),
        random.nextInt(9),
        Duration.ofSeconds(31),
        last == null ? 0 : last.life(),
        last == null ? 0 : last.version(),
        stays);
  }

  void share(SplittableRandom random) {
    int replica = random.nextInt(3) == 0 ? leader() : random.nextInt(leases.length);
    SlotReport report = report(replica, random);
    told[replica] =
        twins.ask(replica, "share " + report, store -> store.share(leases[replica], report));
  }

  void grant(SplittableRandom random) {
    int replica = random.nextInt(8) == 0 ? random.nextInt(leases.length) : leader();
    Sharing basis = told[replica];
    if (basis == null) {
      return;
    }
    Map<String, Slots> slots = new HashMap<>();
    Map<String, Long> forgotten = new HashMap<>();
    for (Sharing.Holder holder : basis.holders()) {
      if (random.nextInt(4) == 0) {
        forgotten.put(holder.replica(), holder.reportedAt());
      } else {
        slots.put(holder.replica(), slots(random));
      }
    }
    Grants grants = new Grants(basis, slots, forgotten, slots.size());
    String to = slots.keySet().stream().sorted().collect(Collectors.joining(" "));
    String what = "grant to " + to + ", forget " + forgotten + " as of " + basis.version();
    twins.ask(replica, what, store -> store.grant(leases[replica], grants));
  }

  void giveUp(SplittableRandom random) {
    int replica = random.nextInt(leases.length);
    SlotReport last = report(replica, random);
    twins.ask(replica, "give up but " + last.held(), store -> store.giveUp(Twins.UPSTREAM, last));
  }

  void work(SplittableRandom random) {
    int replica = random.nextInt(leases.length);
    Map<String, WorkReport.Did> did = new HashMap<>();
    Works heard = works[replica];
    for (String pod : PODS) {
      if (random.nextInt(3) > 0) {
        did.put(
            pod,
            new WorkReport.Did(
                random.nextInt(3) > 0 ? "" : "pod/" + random.nextInt(2),
                heard == null || !heard.byPod().containsKey(pod)
                    ? 0
                    : heard.byPod().get(pod).since(),
                random.nextInt(4) == 0,
                random.nextInt(30_000),
                random.nextInt(50),
                random.nextInt(5),
                random.nextInt(3),
                random.nextInt(200),
                random.nextInt(5) / 4.0));
      }
    }
    WorkReport report = new WorkReport(did, "learnt " + random.nextInt(9));
    Works told = twins.ask(replica, "work " + report, at -> at.work(leases[replica], report));
    works[replica] = random.nextInt(3) == 0 ? heard : told;
  }

  void note(SplittableRandom random) {
    int replica = random.nextInt(leases.length);
    String heading = random.nextBoolean() ? "size" : "sale";
    int dice = random.nextInt(4);
    String text = dice == 0 ? null : dice == 1 ? "" : "text " + random.nextInt(9);
    twins.ask(
        replica,
        "note " + heading + " " + text,
        store -> store.note(leases[replica], heading, text));
  }

  /** An operator sets something, mostly by what is so. */
  void set(SplittableRandom random) {
    List<LiveState> known = List.copyOf(live.values());
    LiveState state = known.get(random.nextInt(known.size()));
    boolean late = random.nextInt(8) == 0;
    // How many a minute is left out: Redis keeps a millionth of a visitor, and Java a little more.
    LiveState wanted =
        (late ? state.at(state.at() + 1) : state)
            .saying(random.nextInt(3) == 0 ? "said " + random.nextInt(9) : state.message())
            .paused(random.nextInt(6) == 0)
            .soldOut(random.nextInt(12) == 0)
            .limited(
                random.nextInt(3) == 0 ? random.nextInt(30) : LiveState.UNLIMITED,
                random.nextInt(8) == 0 ? 0 : LiveState.UNLIMITED);
    int call = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
    LiveChange change = new LiveChange(wanted, call, "entry " + random.nextInt(9));
    LiveSet set =
        twins.ask(
            random.nextInt(leases.length),
            "set " + change,
            store -> store.set(Twins.UPSTREAM, change));
    if (set != null) {
      live.put(set.stands().room(), set.stands());
    }
  }

  /** A replica looks at what is set, and tells what it knows. */
  void live(SplittableRandom random) {
    List<LiveState> known = List.copyOf(live.values());
    List<LiveState> stands =
        twins.ask(
            random.nextInt(leases.length),
            "live " + known,
            store -> store.live(Twins.UPSTREAM, known));
    if (stands != null) {
      stands.forEach(each -> live.put(each.room(), each));
    }
    if (random.nextInt(4) == 0) {
      Annals annals = random.nextBoolean() ? Annals.CHANGES : Annals.ENDINGS;
      if (random.nextBoolean()) {
        twins.ask(0, "record " + annals, at -> at.record(Twins.UPSTREAM, annals, "did"));
      }
      twins.ask(0, "recorded " + annals, store -> store.recorded(Twins.UPSTREAM, annals));
    }
  }

  void proven(SplittableRandom random) {
    String version = random.nextInt(3) == 0 ? null : "version-" + random.nextInt(30);
    twins.ask(0, "proven " + version, store -> store.proven(Twins.UPSTREAM, version));
  }
}
