package dev.usher.pods.slots;

import dev.usher.admission.Declared;
import dev.usher.admission.PodSample;
import dev.usher.admission.Traffic;
import dev.usher.admission.capacity.Tuning;
import dev.usher.pods.Pod;
import dev.usher.pods.PodChange;
import dev.usher.pods.ProbeFailure;
import dev.usher.pods.Slot;
import dev.usher.pods.Slot.Outcome;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.Roster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Pods of one upstream, watched tick by tick, with time in the hands of the play. */
public abstract class PodPlay {
  public static final Pod A = new Pod("a", 80, false);
  public static final Pod B = new Pod("b", 80, false);
  static final Pod C = new Pod("c", 80, false);
  public static final ProbeFailure UNREADY = new ProbeFailure(true, "answered 503");
  static final ProbeFailure REFUSED = new ProbeFailure(false, "refused");
  static final long BEGIN = 1_800_000_000_000L;

  final List<PodChange> changes = new ArrayList<>();
  public long now = BEGIN;

  public PodSet set(Pod... pods) {
    var probe =
        new UpstreamOptions.ProbeOptions("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1);
    var options =
        new UpstreamOptions(
            "shop", List.of(pods), new Declared(50, 0, 100, 0), Tuning.DEFAULT, 10, probe);
    PodSet set =
        new PodSet(
            new Roster(options, changes::add), options, (delay, task) -> () -> {}, bound -> 0);
    set.roster().see(now);
    for (Pod pod : pods) {
      set.roster().probed(pod, null);
    }
    set.roster().see(now);
    return set;
  }

  PodSample sample(PodSet set, Pod pod, long after) {
    now += after;
    return set.roster().see(now).pods().stream()
        .filter(sample -> sample.pod().equals(pod.toString()))
        .findFirst()
        .orElseThrow();
  }

  Traffic traffic(PodSet set) {
    return set.roster().see(now).traffic();
  }

  public static Slot taken(PodSet set) {
    return Objects.requireNonNull(set.take(null, null), "A slot must be free");
  }

  /** So many requests to this pod among two or three, each answered with this status. */
  static void answer(PodSet set, Pod pod, int requests, int status) {
    List<Slot> others = new ArrayList<>();
    int done = 0;
    while (done < requests) {
      Slot slot = taken(set);
      if (slot.pod().equals(pod)) {
        slot.firstByte(1000, status, 0);
        slot.giveBack(Outcome.ANSWERED);
        done++;
        others.forEach(other -> other.giveBack(Outcome.CANCELLED));
        others.clear();
      } else {
        others.add(slot);
      }
    }
    others.forEach(other -> other.giveBack(Outcome.CANCELLED));
  }

  public void tick(PodSet set) {
    now += 200;
    set.roster().see(now);
  }
}
