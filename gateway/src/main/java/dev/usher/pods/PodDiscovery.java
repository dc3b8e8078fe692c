package dev.usher.pods;

import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The source that tells which pods of one upstream are ready. */
public interface PodDiscovery {
  /** Starts. Completes when the pods are known, or when that takes too long; never fails. */
  CompletionStage<Void> begin();

  /** Takes over changed options. Completes when new pods are known; never fails. */
  CompletionStage<Void> reconfigure(UpstreamOptions changed);

  /**
   * Opens the readiness gates that are Usher's to open, of the pods that are ready for all others
   * too. Returns at once.
   *
   * @param now in milliseconds
   */
  default void openGates(Predicate<Pod> ready, long now) {}

  /** Stops; answers still on their way are not waited for. */
  CompletionStage<Void> end();
}
