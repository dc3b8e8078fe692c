package dev.usher.pods.roster;

import dev.usher.pods.PodChange;
import dev.usher.pods.ProbeFailure;
import dev.usher.pods.UpstreamOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a pod's probes make of it. Confined to the roster's lock. */
final class Probing {
  private static final String WELL = "it answered as a ready pod does";

  private UpstreamOptions.ProbeOptions probe;

  Probing(UpstreamOptions.ProbeOptions probe) {
    this.probe = probe;
  }

  /** Takes over changed options. */
  void reconfigure(UpstreamOptions.ProbeOptions changed) {
    probe = changed;
  }

  /** Longest time between two answers; after that an answer is overdue. */
  Duration usual() {
    return probe.interval().plus(probe.timeout());
  }

  /** Whether the pod has succeeded often enough in a row to come in. */
  boolean isWell(PodState state) {
    return state.goodProbes >= probe.readyAfter();
  }

  /** Counts an answer, which may let the pod in or take it out. */
  @Nullable PodChange heard(PodState state, @Nullable ProbeFailure failure, long now) {
    return failure == null ? good(state, now) : bad(state, failure, now);
  }

  private @Nullable PodChange good(PodState state, long now) {
    state.said(WELL);
    state.badProbes = 0;
    state.goodProbes++;
    // The first probe of all counts alone: nothing is known against the pod, and a gateway that
    // starts beside healthy pods must not turn its first visitors away.
    boolean enough = !state.everProbed || isWell(state);
    if (!state.everProbed) {
      state.meet(true);
    }
    state.everProbed = true;
    if (state.isReady()) {
      state.isWell();
      return null;
    }
    if (!enough || !state.mayComeIn(now)) {
      return null;
    }
    state.comeIn();
    return new PodChange(state.pod(), PodChange.Kind.READY, "probe succeeded");
  }

  private @Nullable PodChange bad(PodState state, ProbeFailure failure, long now) {
    boolean first = state.said(failure.reason()).isNews(now);
    if (!state.everProbed) {
      state.meet(false);
    }
    state.everProbed = true;
    state.goodProbes = 0;
    state.badProbes++;
    if (!failure.connected()) {
      state.refuses();
    }
    if (!state.isReady() || state.badProbes < probe.unreadyAfter()) {
      // When a ready pod went, the reason was told; of one that never was ready, nothing was.
      return first && !state.wasReady()
          ? new PodChange(state.pod(), PodChange.Kind.NOT_READY, failure.reason())
          : null;
    }
    state.goOut();
    return new PodChange(state.pod(), PodChange.Kind.UNREADY, failure.reason());
  }
}
