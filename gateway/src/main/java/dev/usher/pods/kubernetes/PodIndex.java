package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pods of a service by their uid, each reduced to what matters here. One watch after another
 * tells of them, on threads of their own.
 */
final class PodIndex {
  /** Deleted pods remembered; slices name a deleted pod for a moment at most. */
  private static final int DELETED_KEPT = 10_000;

  private final Runnable changed;

  // From here on, guarded by this.
  private Told known = new Told();

  /** The watch begun last; what it tells is not known before its first list is complete. */
  private Told newest = known;

  private final Set<String> deleted =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > DELETED_KEPT;
            }
          });

  PodIndex(Runnable changed) {
    this.changed = changed;
  }

  /** Notes that something about the service or its pods changed. */
  void changed() {
    changed.run();
  }

  /**
   * Begins anew, with a watch that is to tell what is returned. Until its first list is complete
   * the pods stay as they are known; nothing is known then of those that are not on that list, of
   * whose end no watch may ever have told.
   */
  synchronized ResourceEventHandler<Pod> anew() {
    newest = new Told();
    return newest;
  }

  /** Forgets all pods, because nobody tells of them any more. */
  synchronized void clear() {
    newest = new Told();
    known = newest;
    deleted.clear();
  }

  /** What is known of a pod; null for one never seen here. */
  synchronized @Nullable PodLife life(String uid) {
    return known.lives.get(uid);
  }

  /** Whether the pod was here and no longer is. */
  synchronized boolean isDeleted(String uid) {
    return deleted.contains(uid);
  }

  private synchronized void complete(Told told) {
    if (told == newest && told != known) {
      // Who is missing need not be deleted: slices may name pods again before the service's other
      // selector is noticed here.
      deleted.removeAll(told.lives.keySet());
      known = told;
    }
  }

  private synchronized boolean note(Told told, Pod pod) {
    PodLife life = PodLife.of(pod);
    String uid = pod.getMetadata().getUid();
    boolean news = !life.equals(told.lives.put(uid, life));
    if (told != known) {
      return false;
    }
    // One whose labels were changed and changed back is the same pod, and here again.
    deleted.remove(uid);
    return news;
  }

  private synchronized void forget(Told told, Pod pod) {
    String uid = pod.getMetadata().getUid();
    told.lives.remove(uid);
    if (told == known) {
      deleted.add(uid);
    }
  }

  /**
   * The pods as one watch tells of them. One that was replaced may still tell something, and nobody
   * listens.
   */
  private final class Told implements ResourceEventHandler<Pod> {
    private final Map<String, PodLife> lives = new HashMap<>();

    @Override
    public void onList(String version, boolean remainedEmpty) {
      complete(this);
      changed.run();
    }

    @Override
    public void onAdd(Pod pod) {
      take(pod);
    }

    @Override
    public void onUpdate(Pod old, Pod pod) {
      if (!old.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
        forget(this, old);
      }
      take(pod);
    }

    private void take(Pod pod) {
      if (note(this, pod)) {
        changed.run();
      }
    }

    @Override
    public void onDelete(Pod pod, boolean lastStateUnknown) {
      forget(this, pod);
      changed.run();
    }
  }
}
