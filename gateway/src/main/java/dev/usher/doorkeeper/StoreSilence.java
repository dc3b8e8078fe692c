package dev.usher.doorkeeper;

import java.util.concurrent.CompletionStage;

/**
 * How long the store has owed an answer. Each answer counts, not each tick, because a store that is
 * far away but answers is not away. After a question failed, only a whole tick counts again.
 */
final class StoreSilence {
  /** Time without an answer after which nobody is made to wait for one. */
  private static final long AWAY_MILLIS = 1000;

  /** When the silence began; 0 while the store owes no answer. */
  private volatile long since;

  private volatile boolean answered;
  private volatile boolean failing;

  /** Notes that the store is asked; an answer that it owes already has been owed since before. */
  void begins(long now) {
    since = since > 0 ? since : now;
  }

  /** Breaks the silence, for now, once this answer comes. */
  <T> CompletionStage<T> broken(CompletionStage<T> answer) {
    return answer.thenApply(
        told -> {
          answered = true;
          return told;
        });
  }

  /** Ends the silence: the store owes nothing. */
  void isOver() {
    failing = false;
    since = 0;
  }

  /** Notes that an answer failed. */
  void goesOn() {
    failing = true;
  }

  /**
   * Whether the store counts as away. The silence is measured from the question on: a stall of our
   * own, in which nothing was asked, says nothing of the store. Must be asked at each tick, because
   * time passes by ticks here.
   */
  boolean isLong(long now) {
    if (answered && !failing && since > 0) {
      since = now;
    }
    answered = false;
    return since > 0 && now - since > AWAY_MILLIS;
  }
}
