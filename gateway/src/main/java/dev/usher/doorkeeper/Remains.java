package dev.usher.doorkeeper;

import dev.usher.store.upstream.Sharing;
import dev.usher.store.upstream.Slots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What may still be in flight of replicas that have been silent for a lease: the part of it that,
 * by their own measurements, stays so long; nothing once their quarantine is over.
 */
final class Remains {
  private final Sharing told;
  private final String whole;
  private final long silentMillis;
  private final List<Sharing.Holder> silent = new ArrayList<>();

  /**
   * @param whole the pod name of what is divided as if it were slots but does not end by itself
   * @param silentMillis how long a live replica may be silent, because the store may have become
   *     slow for all
   */
  Remains(Sharing told, String whole, long silentMillis) {
    this.told = told;
    this.whole = whole;
    this.silentMillis = silentMillis;
  }

  void add(Sharing.Holder holder) {
    silent.add(holder);
  }

  private double of(Sharing.Holder holder, String pod) {
    return pod.equals(whole)
        ? Math.max(holder.held().on(pod), holder.granted().on(pod))
        : told.remains(holder, pod, silentMillis);
  }

  /**
   * Counts by pod. What is rounded away on one pod counts on the next, so that the sum is right.
   */
  Map<String, Integer> byPod() {
    TreeSet<String> pods = new TreeSet<>();
    silent.forEach(
        holder -> {
          pods.addAll(holder.held().byPod().keySet());
          pods.addAll(holder.granted().byPod().keySet());
        });
    Map<String, Integer> counts = new TreeMap<>();
    double owed = 0;
    for (String pod : pods) {
      double here = silent.stream().mapToDouble(holder -> of(holder, pod)).sum();
      long count = Math.max(0, Math.round(here + owed));
      owed += here - count;
      counts.put(pod, (int) count);
    }
    return counts;
  }

  /**
   * What each silent replica may take if it comes back: no more than is kept for it. The answer to
   * its first word is then a share that the others leave it.
   */
  Map<String, Slots> grants() {
    Map<String, Slots> grants = new HashMap<>();
    for (Sharing.Holder holder : silent) {
      Map<String, Integer> may = new TreeMap<>();
      holder
          .granted()
          .byPod()
          .forEach((pod, count) -> may.put(pod, Math.min(count, (int) of(holder, pod))));
      grants.put(holder.replica(), Slots.of(may));
    }
    return grants;
  }
}
