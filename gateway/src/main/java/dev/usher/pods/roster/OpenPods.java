package dev.usher.pods.roster;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the path of every request reads of the roster: it locks nothing. Each part is replaced as a
 * whole when a pod comes or goes.
 */
public final class OpenPods {
  private volatile PodState[] all = new PodState[0];
  private volatile PodState[] near = new PodState[0];
  private volatile PodsByLabel labelled = new PodsByLabel(List.of());

  OpenPods() {}

  /** The pods that may be sent requests. */
  public PodState[] all() {
    return all;
  }

  /** Those of them in this replica's zone; none where that is all the same. */
  public PodState[] near() {
    return near;
  }

  /** The pod of this label, ready or not; null when there is none. */
  @Nullable
  public PodState labelled(long label) {
    return labelled.at(label);
  }

  /** Takes over how they stand. */
  void take(PodTable table) {
    PodState[] ready = table.ready().toArray(PodState[]::new);
    PodState[] here =
        Arrays.stream(ready).filter(state -> state.traits().near()).toArray(PodState[]::new);
    all = ready;
    labelled = new PodsByLabel(table.all());
    near = here.length == ready.length ? new PodState[0] : here;
  }
}
