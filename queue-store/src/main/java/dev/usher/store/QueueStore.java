package dev.usher.store;

import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.LiveStore;
import dev.usher.store.upstream.MoveStore;
import dev.usher.store.upstream.NoteStore;
import dev.usher.store.upstream.ProofStore;
import dev.usher.store.upstream.SlotStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

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
public interface QueueStore
    extends QueueRecovery, SessionStore, SlotStore, ProofStore, NoteStore, LiveStore, MoveStore {
  /**
   * Time in which every replica brings back what the store may have lost, once somebody noticed. A
   * replica that works asks the store many times in it.
   */
  Duration SETTLE = Duration.ofSeconds(3);

  /**
   * Gives the next numbers to visitors who arrived together. While nobody waits in any room of the
   * upstream, the first of them are admitted at once: as many as capacity is free for, and as the
   * last step of calling left places. While numbers are held back all of them stand by instead, and
   * the answer is {@link NumberBlock#HELD}; likewise when this replica no longer waits for an
   * answer.
   */
  CompletionStage<NumberBlock> arrive(Queue queue, Newcomers newcomers);

  /**
   * Notes the visitors that this replica saw since it last said so. What the store may have lost of
   * their places comes back with it, and who is in session by a place that this replica gave by
   * itself, in a later epoch than the queue's, counts as admitted at once.
   */
  CompletionStage<Void> see(Queue queue, PresenceReport seen);

  /** What this replica needs to know of the queue until it asks again. */
  CompletionStage<Line> line(Queue queue);

  /**
   * Sets the capacity of an upstream and calls the next visitors of its rooms: in order of numbers,
   * only those present, at most as many as places are free, shared by weight among the rooms that
   * have a line. Places offered twice, as the budget may allow, are still claimed once only. A room
   * that is not named lets nobody in until it is: its sessions are not counted.
   */
  CompletionStage<Calling> call(Lease lease, Budget budget, List<RoomWeight> rooms);

  /**
   * Turns a called place into a session, once, if capacity allows. Asked again, it says the same.
   */
  CompletionStage<Claim> claim(Queue queue, Place place);

  /**
   * Gives up a place, or ends its session. A second time is harmless.
   *
   * @return whether that did anything: not if it was given up before, or the session was over
   */
  CompletionStage<Boolean> leave(Queue queue, Place place);

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

  /** Lets go of connections. What is kept stays. */
  CompletionStage<Void> close();
}
