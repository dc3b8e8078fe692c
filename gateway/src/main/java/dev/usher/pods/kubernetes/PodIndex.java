package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The pods of a service by their uid, each reduced to what matters here. */
final class PodIndex implements ResourceEventHandler<Pod> {
  /** Deleted pods remembered; slices name a deleted pod for a moment at most. */
  private static final int DELETED_KEPT = 10_000;

  private final Runnable changed;
  private final Map<String, PodLife> lives = new ConcurrentHashMap<>();
  private final Set<String> deleted =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > DELETED_KEPT;
                }
              }));

  PodIndex(Runnable changed) {
    this.changed = changed;
  }

  /** Notes that something about the service or its pods changed. */
  void changed() {
    changed.run();
  }

  /** What is known of a pod; null for one never seen here. */
  @Nullable PodLife life(String uid) {
    return lives.get(uid);
  }

  /** Whether the pod was here and no longer is. */
  boolean isDeleted(String uid) {
    return deleted.contains(uid);
  }

  @Override
  public void onAdd(Pod pod) {
    note(pod);
  }

  @Override
  public void onUpdate(Pod old, Pod pod) {
    if (!old.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
      forget(old);
    }
    note(pod);
  }

  @Override
  public void onDelete(Pod pod, boolean lastStateUnknown) {
    forget(pod);
    changed.run();
  }

  private void note(Pod pod) {
    PodLife life = PodLife.of(pod);
    if (!life.equals(lives.put(pod.getMetadata().getUid(), life))) {
      changed.run();
    }
  }

  private void forget(Pod pod) {
    lives.remove(pod.getMetadata().getUid());
    deleted.add(pod.getMetadata().getUid());
  }
}
