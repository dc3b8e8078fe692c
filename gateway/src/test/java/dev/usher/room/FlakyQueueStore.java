package dev.usher.room;

import dev.usher.store.InterceptedQueueStore;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreOperation;
import dev.usher.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A store that does what the contract allows a bad one to do: it fails before it has done anything,
 * loses the answer of what it has done, or answers late.
 */
public final class FlakyQueueStore extends InterceptedQueueStore {
  private final Random random;
  private final Deque<Runnable> late = new ArrayDeque<>();

  /** Of a hundred calls, so many that end badly, in each of the three ways. */
  public int trouble;

  /** Whether every call fails. */
  public boolean away;

  /** Whether every answer is lost. */
  public boolean mute;

  /** Whether every answer waits for {@link #answerTheLate}. */
  public boolean slow;

  public int calls;

  private boolean prompt;

  /** How it fails while it is away. */
  Supplier<RuntimeException> failure = () -> new StoreUnavailableException("away");

  /** What happens while the store is asked. */
  public Runnable meanwhile = () -> {};

  public FlakyQueueStore(QueueStore store, long seed) {
    super(store);
    this.random = new Random(seed);
  }

  /** Gives the answers that were held back, in order. */
  public void answerTheLate() {
    for (Runnable answer = late.poll(); answer != null; answer = late.poll()) {
      answer.run();
    }
  }

  /** Gives the answers that are held back by now, and none to what is asked because of them. */
  public void answerOnce() {
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

  @Override
  protected <T> CompletionStage<T> intercept(
      StoreOperation operation, Supplier<CompletionStage<T>> question) {
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
}
