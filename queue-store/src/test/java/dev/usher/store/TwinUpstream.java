package dev.usher.store;

import dev.usher.store.upstream.Grants;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Sharing;
import dev.usher.store.upstream.SlotDecay;
import dev.usher.store.upstream.SlotReport;
import dev.usher.store.upstream.Slots;
import dev.usher.store.upstream.WorkReport;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What replicas ask for the whole upstream in a history of twins. */
final class TwinUpstream {
  private static final List<String> PODS = List.of("10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80");

  private final Twins twins;
  private final Lease[] leases = new Lease[Twins.REPLICAS.size()];
  private final @Nullable Sharing[] told = new Sharing[Twins.REPLICAS.size()];

  TwinUpstream(Twins twins) {
    this.twins = twins;
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
    for (String pod : PODS) {
      if (random.nextInt(3) > 0) {
        did.put(
            pod,
            new WorkReport.Did(
                random.nextInt(4) == 0 ? "" : "pod/" + random.nextInt(2),
                random.nextBoolean(),
                random.nextInt(30_000),
                random.nextInt(50),
                random.nextInt(5),
                random.nextInt(3),
                random.nextInt(200),
                random.nextInt(5) / 4.0));
      }
    }
    WorkReport report = new WorkReport(did, "learnt " + random.nextInt(9));
    twins.ask(replica, "work " + report, store -> store.work(leases[replica], report));
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

  void proven(SplittableRandom random) {
    String version = random.nextInt(3) == 0 ? null : "version-" + random.nextInt(30);
    twins.ask(0, "proven " + version, store -> store.proven(Twins.UPSTREAM, version));
  }
}
