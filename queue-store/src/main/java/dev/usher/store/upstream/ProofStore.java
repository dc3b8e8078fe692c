package dev.usher.store.upstream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What all replicas together know of an upstream's pods: a part of {@code QueueStore}. */
public interface ProofStore {
  /** What pods have proven is remembered for so long after it was last noted. */
  Duration KEPT = Duration.ofDays(30);

  /** What a pod has done is kept for so long after the leader last named it. */
  Duration WORK_KEPT = Duration.ofHours(1);

  /** What was learnt is kept for so long after any replica last spoke of its pods. */
  Duration LEARNT_KEPT = Duration.ofDays(1);

  /**
   * Of an upstream so many versions are remembered, the newest: twice as many as a Deployment keeps
   * to go back to, and few enough to be told all at once.
   */
  int VERSIONS_MOST = 20;

  /**
   * Tells which versions of an upstream's pods have proven to bear what is declared.
   *
   * @param version the one to be noted first as proven now, by a name that is compared only; null
   *     for none
   * @return all that were noted within {@link #KEPT}, {@link #VERSIONS_MOST} at most
   */
  CompletionStage<Set<String>> proven(String upstream, @Nullable String version);

  /**
   * Says what this replica saw its upstream's pods do, and tells what all have seen. Answers of a
   * pod are summed over the replicas from when it became ready, and begin anew with each of its
   * lives; those to who has not heard yet that a life is over are left out. Of a report without an
   * answer it is not known whether it counted: it is not to be told again.
   *
   * @param lease of this replica, held or not
   */
  CompletionStage<Works> work(Lease lease, WorkReport report);
}
