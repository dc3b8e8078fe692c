package dev.usher.pods.roster;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The pods by their labels, rebuilt when one comes or goes. Used for every request of a session
 * that stays: a label is already a hash, so a table of plain numbers is enough.
 */
final class PodsByLabel {
  private final @Nullable OpenPod[] table;

  PodsByLabel(Collection<OpenPod> pods) {
    // At least twice as many slots as pods: the empty ones end each search.
    table = new OpenPod[Math.max(2, Integer.highestOneBit(Math.max(1, pods.size())) * 4)];
    pods.forEach(this::add);
  }

  private void add(OpenPod pod) {
    int at = slot(pod.label());
    while (table[at] != null) {
      at = slot(at + 1L);
    }
    table[at] = pod;
  }

  private int slot(long label) {
    return (int) label & (table.length - 1);
  }

  /** The pod with this label; null if there is none. */
  @Nullable OpenPod at(long label) {
    int at = slot(label);
    OpenPod pod = table[at];
    while (pod != null && pod.label() != label) {
      at = slot(at + 1L);
      pod = table[at];
    }
    return pod;
  }
}
