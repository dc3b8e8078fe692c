package dev.usher.room;

import dev.usher.store.Block;
import dev.usher.store.Budget;
import dev.usher.store.Calling;
import dev.usher.store.Claim;
import dev.usher.store.Copy;
import dev.usher.store.Enlisted;
import dev.usher.store.Grants;
import dev.usher.store.Heard;
import dev.usher.store.Lease;
import dev.usher.store.Line;
import dev.usher.store.Newcomers;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.Remembered;
import dev.usher.store.Seen;
import dev.usher.store.Share;
import dev.usher.store.Sharing;
import dev.usher.store.SlotReport;
import dev.usher.store.Standby;
import dev.usher.store.Stay;
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.WorkReport;
import dev.usher.store.Works;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that does what the contract allows a bad one to do: it fails before it has done anything,
 * loses the answer of what it has done, or answers late.
 */
final class FlakyQueueStore implements QueueStore {
  private final QueueStore store;
  private final Random random;
  private final Deque<Runnable> late = new ArrayDeque<>();

  /** Of a hundred calls, so many that end badly, in each of the three ways. */
  int trouble;

  /** Whether every call fails. */
  boolean away;

  /** Whether every answer is lost. */
  boolean mute;

  /** Whether every answer waits for {@link #answerTheLate}. */
  boolean slow;

  int calls;

  private boolean prompt;

  /** How it fails while it is away. */
  Supplier<RuntimeException> failure = () -> new StoreUnavailableException("away");

  /** What happens while the store is asked. */
  Runnable meanwhile = () -> {};

  FlakyQueueStore(QueueStore store, long seed) {
    this.store = store;
    this.random = new Random(seed);
  }

  /** Gives the answers that were held back, in order. */
  void answerTheLate() {
    for (Runnable answer = late.poll(); answer != null; answer = late.poll()) {
      answer.run();
    }
  }

  /** Gives the answers that are held back by now, and none to what is asked because of them. */
  void answerOnce() {
    for (int owed = late.size(); owed > 0; owed--) {
      late.remove().run();
    }
  }

  /** Lets something be asked that waits for its answer, so that none may be late. */
  void promptly(Runnable play) {
    prompt = true;
    play.run();
    prompt = false;
  }

  private <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question) {
    calls++;
    meanwhile.run();
    int dice = random.nextInt(100);
    if (away || dice < trouble) {
      return CompletableFuture.failedFuture(failure.get());
    }
    CompletionStage<T> answer = question.get();
    if (mute || dice < 2 * trouble) {
      return answer.thenCompose(
          lost -> CompletableFuture.failedFuture(new StoreUnavailableException("answer lost")));
    }
    if (slow || (dice < 3 * trouble && !prompt)) {
      CompletableFuture<T> later = new CompletableFuture<>();
      late.add(() -> answer.thenAccept(later::complete));
      return later;
    }
    return answer;
  }

  @Override
  public CompletionStage<Block> arrive(Queue queue, Newcomers newcomers) {
    return ask(() -> store.arrive(queue, newcomers));
  }

  @Override
  public CompletionStage<Void> see(Queue queue, Seen seen) {
    return ask(() -> store.see(queue, seen));
  }

  @Override
  public CompletionStage<Line> line(Queue queue) {
    return ask(() -> store.line(queue));
  }

  @Override
  public CompletionStage<Copy> copy(Queue queue) {
    return ask(() -> store.copy(queue));
  }

  @Override
  public CompletionStage<Void> restore(Queue queue, Remembered remembered) {
    return ask(() -> store.restore(queue, remembered));
  }

  @Override
  public CompletionStage<Enlisted> enlist(
      Queue queue, List<Standby> standbys, Duration gather, Heard heard) {
    return ask(() -> store.enlist(queue, standbys, gather, heard));
  }

  @Override
  public CompletionStage<Calling> call(Lease lease, Budget budget, List<Share> rooms) {
    return ask(() -> store.call(lease, budget, rooms));
  }

  @Override
  public CompletionStage<Claim> claim(Queue queue, Place place) {
    return ask(() -> store.claim(queue, place));
  }

  @Override
  public CompletionStage<Stay> stay(Queue queue, Place place) {
    return ask(() -> store.stay(queue, place));
  }

  @Override
  public CompletionStage<Void> leave(Queue queue, Place place) {
    return ask(() -> store.leave(queue, place));
  }

  @Override
  public CompletionStage<Void> pause(Queue queue, boolean paused) {
    return ask(() -> store.pause(queue, paused));
  }

  @Override
  public CompletionStage<Long> reset(Queue queue) {
    return ask(() -> store.reset(queue));
  }

  @Override
  public CompletionStage<Lease> lead(String upstream, Duration term) {
    return ask(() -> store.lead(upstream, term));
  }

  @Override
  public CompletionStage<Sharing> share(Lease lease, SlotReport report) {
    return ask(() -> store.share(lease, report));
  }

  @Override
  public CompletionStage<Long> grant(Lease lease, Grants grants) {
    return ask(() -> store.grant(lease, grants));
  }

  @Override
  public CompletionStage<Void> giveUp(String upstream, SlotReport last) {
    return ask(() -> store.giveUp(upstream, last));
  }

  @Override
  public CompletionStage<Works> work(Lease lease, WorkReport report) {
    return ask(() -> store.work(lease, report));
  }

  @Override
  public CompletionStage<Set<String>> proven(String upstream, @Nullable String version) {
    return ask(() -> store.proven(upstream, version));
  }

  @Override
  public CompletionStage<Void> close() {
    return store.close();
  }
}
