package dev.usher.room.line;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What several may ask for at once: the first of them asks, and all get the same answer for as long
 * as it holds. While it is on its way nobody asks again.
 */
public final class Together<K, V> {
  private static final long SWEEP_MILLIS = 100;

  private final Map<K, Asked<V>> all = new ConcurrentHashMap<>();
  private final Held<V> held;
  private final AtomicLong sweptAt = new AtomicLong();

  /** How long an answer holds. */
  @FunctionalInterface
  public interface Held<V> {
    /** Whether it still does, of one that has come, or failed. */
    boolean isOver(Asked<V> asked, long now);
  }

  /** When it was asked for, and the answer. */
  public record Asked<V>(long at, CompletableFuture<V> answer) {
    /** The answer; null while it is on its way, or where there is none. */
    @Nullable
    public V value() {
      return answer.isCompletedExceptionally() ? null : answer.getNow(null);
    }
  }

  public Together(Held<V> held) {
    this.held = held;
  }

  /** Asks, unless an answer is on its way or holds. */
  public CompletionStage<V> ask(K what, long now, Supplier<CompletionStage<V>> question) {
    CompletableFuture<V> fresh = new CompletableFuture<>();
    CompletableFuture<V> answer =
        all.compute(
                what,
                (same, last) -> last == null || isOver(last, now) ? new Asked<>(now, fresh) : last)
            .answer();
    if (answer == fresh) {
      // Not within the table: the question may be answered at once, and ask for more.
      var unused =
          CompletableFuture.completedFuture(what)
              .thenCompose(same -> question.get())
              .whenComplete(
                  (value, failure) -> {
                    if (failure == null) {
                      fresh.complete(value);
                    } else {
                      fresh.completeExceptionally(failure);
                    }
                  });
    }
    return answer;
  }

  /** What is on its way or holds; null for nothing. */
  @Nullable
  public Asked<V> last(K what, long now) {
    Asked<V> last = all.get(what);
    return last == null || isOver(last, now) ? null : last;
  }

  private boolean isOver(Asked<V> asked, long now) {
    return asked.answer().isDone() && held.isOver(asked, now);
  }

  /** Whether this was asked for, however long ago, and is kept. */
  public boolean keeps(K what) {
    return all.containsKey(what);
  }

  public void forget(K what) {
    all.remove(what);
  }

  public int size() {
    return all.size();
  }

  /** Forgets what is over; not once for each stranger, for it looks at all. Whether it did. */
  public boolean sweep(long now) {
    long last = sweptAt.get();
    boolean due = now - last >= SWEEP_MILLIS && sweptAt.compareAndSet(last, now);
    if (due) {
      all.values().removeIf(asked -> isOver(asked, now));
    }
    return due;
  }

  /** Forgets all but what is on its way. */
  public void forgetAnswered() {
    all.values().removeIf(asked -> asked.answer().isDone());
  }
}
