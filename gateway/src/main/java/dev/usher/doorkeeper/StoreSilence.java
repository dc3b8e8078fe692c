package dev.usher.doorkeeper;

import java.util.concurrent.CompletionStage;

/**
 * How long the store has owed an answer. Each answer counts, not each step: a store that is far
 * away but answers is not away. Where one question of a step failed only a whole step counts again.
 */
final class StoreSilence {
  /** After so long without an answer nobody is made to wait for one. */
  private static final long AWAY_MILLIS = 1000;

  /** Since when; 0 while it owes none. */
  private volatile long since;

  private volatile boolean answered;
  private volatile boolean failing;

  /** It is asked; an answer that is owed already is owed as long as before. */
  void begins(long now) {
    since = since > 0 ? since : now;
  }

  /** Ends, for now, with this answer. */
  <T> CompletionStage<T> broken(CompletionStage<T> answer) {
    return answer.thenApply(
        told -> {
          answered = true;
          return told;
        });
  }

  /** It owes nothing. */
  void isOver() {
    failing = false;
    since = 0;
  }

  /** An answer failed. */
  void goesOn() {
    failing = true;
  }

  /**
   * Whether the store is to be taken for away. From the question on: a stall of our own, in which
   * nothing was asked, says nothing of it. To be asked at each step, by whose times it goes.
   */
  boolean isLong(long now) {
    if (answered && !failing && since > 0) {
      since = now;
    }
    answered = false;
    return since > 0 && now - since > AWAY_MILLIS;
  }
}
