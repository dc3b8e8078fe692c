package dev.usher.provision.floor;

import dev.usher.store.QueueStore;
import dev.usher.store.upstream.Lease;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The namespaces in which something may be raised, also by a gateway that ran before with another
 * file: each upstream's leader writes them down, and whoever still has that upstream goes on
 * looking there. Safe for any thread.
 */
public final class FloorPlaces {
  private static final String HEADING = "floors";
  private static final String BETWEEN = ",";

  private final Set<String> places = ConcurrentHashMap.newKeySet();

  /** Upstreams whose note was read, which may be written over. */
  private final Set<String> read = ConcurrentHashMap.newKeySet();

  /** Something may be raised there from now on. */
  public void add(Set<String> namespaces) {
    places.addAll(namespaces);
  }

  /** Nothing of ours is left there. */
  public void forget(Set<String> namespaces) {
    places.removeAll(namespaces);
  }

  public Set<String> all() {
    return Set.copyOf(places);
  }

  /** Learns what is written of an upstream, and writes if this replica leads there. */
  public CompletionStage<Void> tell(QueueStore store, Lease lease) {
    boolean writes = lease.held() && read.contains(lease.upstream());
    return store
        .note(lease, HEADING, writes ? String.join(BETWEEN, new TreeSet<>(places)) : null)
        .thenAccept(
            note -> {
              if (!writes && !note.text().isEmpty()) {
                places.addAll(Arrays.asList(note.text().split(BETWEEN, -1)));
              }
              read.add(lease.upstream());
            });
  }
}
