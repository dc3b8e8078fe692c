package dev.usher.pods;

import java.util.concurrent.CompletionStage;

/** A way to learn which pods of one upstream are ready. */
public interface PodDiscovery {
  /** Begins. Done when they are known, or when it takes too long; never fails. */
  CompletionStage<Void> begin();

  /** Follows a changed configuration. Done when pods that are new are known; never fails. */
  CompletionStage<Void> reconfigure(UpstreamOptions changed);

  /** Ends; answers still on their way are not waited for. */
  CompletionStage<Void> end();
}
