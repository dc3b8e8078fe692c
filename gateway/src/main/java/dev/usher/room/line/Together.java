package dev.usher.room.line;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Questions that several callers may ask at once: the first one asks, and all get the same answer
 * for as long as it holds. While a question is on its way it is not asked again.
 */
public final class Together<K, V> {
  private static final long SWEEP_MILLIS = 100;

  private final Map<K, Asked<V>> all = new ConcurrentHashMap<>();
  private final Held<V> held;
  private final AtomicLong sweptAt = new AtomicLong();

  /** How long an answer holds. */
  @FunctionalInterface
  public interface Held<V> {
    /** Whether an answer that has come, or failed, no longer holds. */
    boolean isOver(Asked<V> asked, long now);
  }

  /** A question: when it was asked, and its answer. */
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

  /** Asks, unless an answer holds or is on its way. */
  public CompletionStage<V> ask(K what, long now, Supplier<CompletionStage<V>> question) {
    CompletableFuture<V> fresh = new CompletableFuture<>();
    CompletableFuture<V> answer =
        all.compute(
                what,
                (same, last) -> last == null || isOver(last, now) ? new Asked<>(now, fresh) : last)
            .answer();
    if (answer == fresh) {
      // Outside the table's compute: the question may be answered at once, and ask for more.
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

  /** The answer that holds or is on its way; null for none. */
  @Nullable
  public Asked<V> last(K what, long now) {
    Asked<V> last = all.get(what);
    return last == null || isOver(last, now) ? null : last;
  }

  private boolean isOver(Asked<V> asked, long now) {
    return asked.answer().isDone() && held.isOver(asked, now);
  }

  /** Whether an answer to this is kept, however old. */
  public boolean keeps(K what) {
    return all.containsKey(what);
  }

  public void forget(K what) {
    all.remove(what);
  }

  public int size() {
    return all.size();
  }

  /**
   * Forgets answers that no longer hold, at most once an interval because it looks at all of them.
   * Returns whether it did.
   */
  public boolean sweep(long now) {
    long last = sweptAt.get();
    boolean due = now - last >= SWEEP_MILLIS && sweptAt.compareAndSet(last, now);
    if (due) {
      all.values().removeIf(asked -> isOver(asked, now));
    }
    return due;
  }

  /** Forgets every answer that has come. */
  public void forgetAnswered() {
    all.values().removeIf(asked -> asked.answer().isDone());
  }
}
