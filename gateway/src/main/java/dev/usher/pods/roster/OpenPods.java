package dev.usher.pods.roster;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the roster that every request reads: locks nothing. Each piece is replaced as a whole
 * when a pod comes or goes.
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

  /** The ones of them in this replica's zone; none if zones make no difference. */
  public PodState[] near() {
    return near;
  }

  /** The pod with this label, ready or not; null if there is none. */
  @Nullable
  public PodState labelled(long label) {
    return labelled.at(label);
  }

  /** Takes over how the pods stand. */
  void take(PodTable table) {
    PodState[] ready = table.ready().toArray(PodState[]::new);
    PodState[] here =
        Arrays.stream(ready).filter(state -> state.traits().near()).toArray(PodState[]::new);
    all = ready;
    labelled = new PodsByLabel(table.all());
    near = here.length == ready.length ? new PodState[0] : here;
  }
}
