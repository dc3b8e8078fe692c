package dev.usher.pods;

import java.util.concurrent.CompletionStage;

/** The source that tells which pods of one upstream are ready. */
public interface PodDiscovery {
  /** Starts. Completes when the pods are known, or when that takes too long; never fails. */
  CompletionStage<Void> begin();

  /** Takes over changed options. Completes when new pods are known; never fails. */
  CompletionStage<Void> reconfigure(UpstreamOptions changed);

  /** Stops; answers still on their way are not waited for. */
  CompletionStage<Void> end();
}
