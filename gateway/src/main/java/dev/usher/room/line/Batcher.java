package dev.usher.room.line;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Asks in batches: while one batch is on its way, further questions collect for the next. So a
 * single visitor waits for nobody, and a crowd of thousands costs a few calls. The order of the
 * questions is kept.
 *
 * @param <Q> one question
 * @param <A> its answer
 */
final class Batcher<Q, A> {
  private final int most;
  private final Function<List<Q>, CompletionStage<List<A>>> answers;
  private final ConcurrentLinkedQueue<One<Q, A>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asking = new AtomicBoolean();

  private record One<Q, A>(Q question, CompletableFuture<A> answer) {}

  /**
   * @param most longest batch
   * @param answers answers each question of a batch, in their order
   */
  Batcher(int most, Function<List<Q>, CompletionStage<List<A>>> answers) {
    this.most = most;
    this.answers = answers;
  }

  CompletionStage<A> ask(Q question) {
    One<Q, A> one = new One<>(question, new CompletableFuture<>());
    waiting.add(one);
    askAll();
    return one.answer();
  }

  private void askAll() {
    // A thread that fails to enter here has added its question already, so the thread that asks
    // sees it below.
    while (!waiting.isEmpty() && asking.compareAndSet(false, true)) {
      List<One<Q, A>> block = next();
      if (block.isEmpty()) {
        asking.set(false);
        continue;
      }
      CompletableFuture<List<A>> told = told(block);
      if (told.isDone()) {
        // A loop instead of a call to itself: where a store answers at once and newcomers keep
        // coming, nested calls would overflow the stack.
        asking.set(false);
        var unused = told.whenComplete((all, failure) -> hand(block, all, failure));
      } else {
        var unused =
            told.whenComplete(
                (all, failure) -> {
                  asking.set(false);
                  askAll();
                  hand(block, all, failure);
                });
      }
    }
  }

  /**
   * If the function throws instead of answering later, that fails the questions of this batch and
   * none after it.
   */
  private CompletableFuture<List<A>> told(List<One<Q, A>> block) {
    try {
      return answers
          .apply(block.stream().map(One::question).toList())
          .thenApply(all -> whole(all, block.size()))
          .toCompletableFuture();
    } catch (RuntimeException bug) {
      return CompletableFuture.failedFuture(bug);
    }
  }

  private static <A> List<A> whole(List<A> all, int asked) {
    if (all.size() != asked) {
      throw new IllegalStateException("There must be " + asked + " answers but were " + all.size());
    }
    return all;
  }

  private List<One<Q, A>> next() {
    List<One<Q, A>> block = new ArrayList<>();
    One<Q, A> next = waiting.poll();
    while (next != null) {
      block.add(next);
      next = block.size() < most ? waiting.poll() : null;
    }
    return block;
  }

  private void hand(List<One<Q, A>> block, List<A> all, Throwable failure) {
    for (int i = 0; i < block.size(); i++) {
      if (failure == null) {
        block.get(i).answer().complete(all.get(i));
      } else {
        block.get(i).answer().completeExceptionally(failure);
      }
    }
  }
}
