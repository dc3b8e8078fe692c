package dev.usher.store;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The virtual queue that all replicas share. Every answer is of one moment, and every change is
 * made whole or not at all. A stage ends with {@link StoreUnavailableException} when the store gave
 * no answer; the change may then have been made, and asking again is always safe. Numbers given by
 * an {@link #arrive} that was not answered are nobody's: its visitors stand by.
 *
 * <p>A store may lose its last writes, or everything. It notices when it is asked next, and lets
 * the queue settle: for {@link #SETTLE} nobody gets a number or comes in, and each replica brings
 * back what it remembers by {@link QueueRecovery#restore}. {@link Line} tells that, and everything
 * else fails until the queue is known again.
 *
 * <p>Time is the store's own, never a replica's.
 */
public interface QueueStore extends QueueRecovery, QueueStays {
  /**
   * Time in which every replica brings back what the store may have lost, once somebody noticed. A
   * replica that works asks the store many times in it.
   */
  Duration SETTLE = Duration.ofSeconds(3);

  /** A replica that has not reported its slots for so long does not count as live. */
  Duration SLOTS_LEASE = Duration.ofSeconds(1);

  /**
   * When the store was away and lost nothing, by then every live replica has reported: it tries to
   * connect at least once a second, and then at every tick.
   */
  Duration SLOTS_BACK = Duration.ofSeconds(2);

  /** After a loss, by then every live replica has said which slots it holds. */
  Duration SLOTS_LEARNING = Duration.ofSeconds(3);

  /** What pods have proven is remembered for so long after it was last noted. */
  Duration PROOF_KEPT = Duration.ofDays(30);

  /** What a pod has done is kept for so long after the leader last named it. */
  Duration WORK_KEPT = Duration.ofHours(1);

  /** What was learnt is kept for so long after any replica last spoke of its pods. */
  Duration LEARNT_KEPT = Duration.ofDays(1);

  /** Replicas that see a pod begin anew within so long saw the same beginning. */
  Duration SAME_START = Duration.ofSeconds(10);

  /**
   * Of an upstream so many versions are remembered, the newest: twice as many as a Deployment keeps
   * to go back to, and few enough to be told all at once.
   */
  int PROOFS_MOST = 20;

  /**
   * Gives the next numbers to visitors who arrived together. While nobody waits in any room of the
   * upstream, the first of them are admitted at once: as many as capacity is free for, and as the
   * last step of calling left places. While numbers are held back all of them stand by instead, and
   * the answer is {@link Block#HELD}; likewise when this replica no longer waits for an answer.
   */
  CompletionStage<Block> arrive(Queue queue, Newcomers newcomers);

  /**
   * Notes the visitors that this replica saw since it last said so. What the store may have lost of
   * their places comes back with it, and who is in session by a place that this replica gave by
   * itself, in a later epoch than the queue's, counts as admitted at once.
   */
  CompletionStage<Void> see(Queue queue, Seen seen);

  /** What this replica needs to know of the queue until it asks again. */
  CompletionStage<Line> line(Queue queue);

  /**
   * Sets the capacity of an upstream and calls the next visitors of its rooms: in order of numbers,
   * only those present, at most as many as places are free, shared by weight among the rooms that
   * have a line. Places offered twice, as the budget may allow, are still claimed once only. A room
   * that is not named lets nobody in until it is: its sessions are not counted.
   */
  CompletionStage<Calling> call(Lease lease, Budget budget, List<Share> rooms);

  /**
   * Turns a called place into a session, once, if capacity allows. Asked again, it says the same.
   */
  CompletionStage<Claim> claim(Queue queue, Place place);

  /** Gives up a place, or ends its session. A second time is harmless. */
  CompletionStage<Void> leave(Queue queue, Place place);

  /** Stops or resumes the admissions of a room. Whoever is inside stays. */
  CompletionStage<Void> pause(Queue queue, boolean paused);

  /**
   * Starts the next epoch of a room: its line is gone, its sessions count until they end.
   *
   * @return the new epoch
   */
  CompletionStage<Long> reset(Queue queue);

  /** Makes this replica the leader of an upstream for a term, or renews its term. */
  CompletionStage<Lease> lead(String upstream, Duration term);

  /**
   * Says what this replica holds of the pods' slots, and tells what it may have; with the lease in
   * hand, also what all have. What it is told counts as held from that moment.
   *
   * @param lease of this replica, held or not
   */
  CompletionStage<Sharing> share(Lease lease, SlotReport report);

  /**
   * Grants slots to replicas, all or nothing: refused when another leads, when the grants have
   * changed since, or when a replica to be forgotten was heard of again.
   *
   * @return the version of the grants, 0 when they were refused
   */
  CompletionStage<Long> grant(Lease lease, Grants grants);

  /**
   * Gives up this replica's slots for good, but those of its last requests in flight.
   *
   * @param last what it still holds
   */
  CompletionStage<Void> giveUp(String upstream, SlotReport last);

  /**
   * Tells which versions of an upstream's pods have proven to bear what is declared.
   *
   * @param version the one to be noted first as proven now, by a name that is compared only; null
   *     for none
   * @return all that were noted within {@link #PROOF_KEPT}, {@link #PROOFS_MOST} at most
   */
  CompletionStage<Set<String>> proven(String upstream, @Nullable String version);

  /**
   * Says what this replica saw its upstream's pods do, and tells what all have seen. Answers of a
   * pod are summed over the replicas from when it became ready, and begin anew with each of its
   * lives. Of a report without an answer it is not known whether it counted: it is not to be told
   * again.
   *
   * @param lease of this replica, held or not
   */
  CompletionStage<Works> work(Lease lease, WorkReport report);

  /** Lets go of connections. What is kept stays. */
  CompletionStage<Void> close();
}
