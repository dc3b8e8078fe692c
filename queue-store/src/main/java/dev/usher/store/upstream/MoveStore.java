package dev.usher.store.upstream;

import java.util.concurrent.CompletionStage;

/**
 * Which places their visitors took along to another browser: the part of {@code QueueStore} by
 * which a place is in one browser, whichever replica is asked.
 */
public interface MoveStore {
  /** So many places of a line can be taken along; beyond it, the browsers stay as they are. */
  int MOVED_MAX = 100_000;

  /** Nobody has more browsers; who hands a place round and round is no visitor. */
  int MOVES_MAX = 100;

  /** So many moves are told at once. */
  int TOLD_MAX = 5000;

  /** What became of a move. */
  enum Outcome {
    /** The place is where the move takes it. Told again to whoever asks again. */
    MOVED,
    /** Another browser has taken it, by this link or by a later one. */
    USED,
    /** The visitor is inside, or was: there is no place any more. */
    INSIDE,
    /** The place was given up, or is of a line that is over. */
    OVER,
    /** More places were moved than a line keeps account of. */
    FULL
  }

  /** Takes a place along, if nobody has taken it there yet. */
  CompletionStage<Outcome> move(String upstream, Move move);

  /** What was moved since the replica last asked. */
  CompletionStage<Moves> moves(String upstream, Moves.Since since);
}
