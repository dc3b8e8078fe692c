package dev.usher.pods.roster;

import dev.usher.pods.Pod;
import org.jspecify.annotations.Nullable;

/**
 * The part of one pod that requests touch: what is in flight on it, how it answers, and whether it
 * may be sent any. Nothing here takes a lock; how the pod came to stand so is {@link PodState}.
 */
public final class OpenPod {
  /** The failures since its last success. */
  public final FailureStreak inARow = new FailureStreak();

  /** The line of requests that wait for a slot on this very pod; null until the first one does. */
  volatile @Nullable public SlotQueue line;

  private final Pod pod;
  private final long label;
  private final PodLoad load = new PodLoad();
  private final PodCount count = new PodCount();
  private volatile boolean ready;

  OpenPod(Pod pod, long label) {
    this.pod = pod;
    this.label = label;
  }

  public Pod pod() {
    return pod;
  }

  public long label() {
    return label;
  }

  public boolean isAwaited() {
    SlotQueue now = line;
    return now != null && !now.isEmpty();
  }

  /** What this replica has in flight on it. */
  public PodLoad load() {
    return load;
  }

  /** The counts of its answers. */
  public PodCount count() {
    return count;
  }

  /** Whether it may be sent requests. */
  public boolean isReady() {
    return ready;
  }

  void ready(boolean now) {
    ready = now;
  }
}
