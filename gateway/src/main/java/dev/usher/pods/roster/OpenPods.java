package dev.usher.pods.roster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the roster that every request reads: locks nothing. Each piece is replaced as a whole
 * when a pod comes or goes.
 */
public final class OpenPods {
  private volatile OpenPod[] all = new OpenPod[0];
  private volatile OpenPod[] near = new OpenPod[0];
  private volatile PodsByLabel labelled = new PodsByLabel(List.of());

  OpenPods() {}

  /** The pods that may be sent requests. */
  public OpenPod[] all() {
    return all;
  }

  /** The ones of them in this replica's zone; none if zones make no difference. */
  public OpenPod[] near() {
    return near;
  }

  /** The pod with this label, ready or not; null if there is none. */
  @Nullable
  public OpenPod labelled(long label) {
    return labelled.at(label);
  }

  /** Takes over how the pods stand. */
  void take(PodTable table) {
    OpenPod[] ready = table.ready().map(PodState::open).toArray(OpenPod[]::new);
    OpenPod[] here =
        table
            .ready()
            .filter(state -> state.traits().near())
            .map(PodState::open)
            .toArray(OpenPod[]::new);
    all = ready;
    labelled = new PodsByLabel(table.all().stream().map(PodState::open).toList());
    near = here.length == ready.length ? new OpenPod[0] : here;
  }
}
