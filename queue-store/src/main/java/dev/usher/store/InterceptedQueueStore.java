package dev.usher.store;

import dev.usher.store.upstream.Grants;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.LiveChange;
import dev.usher.store.upstream.LiveSet;
import dev.usher.store.upstream.LiveState;
import dev.usher.store.upstream.Move;
import dev.usher.store.upstream.Moves;
import dev.usher.store.upstream.Note;
import dev.usher.store.upstream.Sharing;
import dev.usher.store.upstream.SlotReport;
import dev.usher.store.upstream.WorkReport;
import dev.usher.store.upstream.Works;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store before another one: what is done with every call is said once. Closing it closes the
 * other one.
 */
public abstract class InterceptedQueueStore implements QueueStore {
  public final QueueStore store;

  public InterceptedQueueStore(QueueStore store) {
    this.store = store;
  }

  /**
   * Answers instead of the store behind.
   *
   * @param operation what is asked
   * @param call asks the store behind
   */
  protected abstract <T> CompletionStage<T> intercept(
      StoreOperation operation, Supplier<CompletionStage<T>> call);

  @Override
  public CompletionStage<NumberBlock> arrive(Queue queue, Newcomers newcomers) {
    return intercept(StoreOperation.ARRIVE, () -> store.arrive(queue, newcomers));
  }

  @Override
  public CompletionStage<Void> see(Queue queue, PresenceReport seen) {
    return intercept(StoreOperation.SEE, () -> store.see(queue, seen));
  }

  @Override
  public CompletionStage<Line> line(Queue queue) {
    return intercept(StoreOperation.LINE, () -> store.line(queue));
  }

  @Override
  public CompletionStage<MembershipCopy> copy(Queue queue) {
    return intercept(StoreOperation.COPY, () -> store.copy(queue));
  }

  @Override
  public CompletionStage<Void> restore(Queue queue, QueueMemory remembered) {
    return intercept(StoreOperation.RESTORE, () -> store.restore(queue, remembered));
  }

  @Override
  public CompletionStage<Enlisted> enlist(
      Queue queue, List<Standby> standbys, Duration gather, Heard heard) {
    return intercept(StoreOperation.ENLIST, () -> store.enlist(queue, standbys, gather, heard));
  }

  @Override
  public CompletionStage<Calling> call(Lease lease, Budget budget, List<RoomWeight> rooms) {
    return intercept(StoreOperation.CALL, () -> store.call(lease, budget, rooms));
  }

  @Override
  public CompletionStage<Claim> claim(Queue queue, Place place) {
    return intercept(StoreOperation.CLAIM, () -> store.claim(queue, place));
  }

  @Override
  public CompletionStage<SessionStanding> stay(Queue queue, Place place) {
    return intercept(StoreOperation.STAY, () -> store.stay(queue, place));
  }

  @Override
  public CompletionStage<Boolean> leave(Queue queue, Place place) {
    return intercept(StoreOperation.LEAVE, () -> store.leave(queue, place));
  }

  @Override
  public CompletionStage<Void> pause(Queue queue, boolean paused) {
    return intercept(StoreOperation.PAUSE, () -> store.pause(queue, paused));
  }

  @Override
  public CompletionStage<Long> reset(Queue queue) {
    return intercept(StoreOperation.RESET, () -> store.reset(queue));
  }

  @Override
  public CompletionStage<Lease> lead(String upstream, Duration term) {
    return intercept(StoreOperation.LEAD, () -> store.lead(upstream, term));
  }

  @Override
  public CompletionStage<Sharing> share(Lease lease, SlotReport report) {
    return intercept(StoreOperation.SHARE, () -> store.share(lease, report));
  }

  @Override
  public CompletionStage<Long> grant(Lease lease, Grants grants) {
    return intercept(StoreOperation.GRANT, () -> store.grant(lease, grants));
  }

  @Override
  public CompletionStage<Void> giveUp(String upstream, SlotReport last) {
    return intercept(StoreOperation.GIVE_UP, () -> store.giveUp(upstream, last));
  }

  @Override
  public CompletionStage<Works> work(Lease lease, WorkReport report) {
    return intercept(StoreOperation.WORK, () -> store.work(lease, report));
  }

  @Override
  public CompletionStage<Note> note(Lease lease, String heading, @Nullable String text) {
    return intercept(StoreOperation.NOTE, () -> store.note(lease, heading, text));
  }

  @Override
  public CompletionStage<List<LiveState>> live(String upstream, List<LiveState> known) {
    return intercept(StoreOperation.LIVE, () -> store.live(upstream, known));
  }

  @Override
  public CompletionStage<LiveSet> set(String upstream, LiveChange change) {
    return intercept(StoreOperation.SET, () -> store.set(upstream, change));
  }

  @Override
  public CompletionStage<Void> record(String upstream, Annals annals, String entry) {
    return intercept(StoreOperation.RECORD, () -> store.record(upstream, annals, entry));
  }

  @Override
  public CompletionStage<List<String>> recorded(String upstream, Annals annals) {
    return intercept(StoreOperation.RECORDED, () -> store.recorded(upstream, annals));
  }

  @Override
  public CompletionStage<Outcome> move(String upstream, Move move) {
    return intercept(StoreOperation.MOVE, () -> store.move(upstream, move));
  }

  @Override
  public CompletionStage<Moves> moves(String upstream, Moves.Since since) {
    return intercept(StoreOperation.MOVES, () -> store.moves(upstream, since));
  }

  @Override
  public CompletionStage<Set<String>> proven(String upstream, @Nullable String version) {
    return intercept(StoreOperation.PROVEN, () -> store.proven(upstream, version));
  }

  @Override
  public CompletionStage<Void> close() {
    return store.close();
  }
}
