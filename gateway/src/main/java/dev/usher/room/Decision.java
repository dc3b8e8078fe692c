package dev.usher.room;

import dev.usher.token.InLine;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * What the room says to one request. Three of the cases are final; for the other two the store must
 * be asked first, by {@link Room#number} or {@link Room#claim}.
 */
public sealed interface Decision {
  /**
   * The visitor may go on to the upstream.
   *
   * @param pass what they show next time
   * @param fresh whether the pass is new to the visitor: issued or renewed now
   */
  record Admit(Pass pass, boolean fresh) implements Decision {
    @Override
    public <R extends @Nullable Object> R answer(Answers<R> answers) {
      return answers.admit(this);
    }
  }

  /**
   * The visitor waits.
   *
   * @param inLine what they show next time
   * @param ahead visitors before them, never more than they were told before; {@link
   *     Long#MAX_VALUE} while nobody knows
   * @param called whether their turn has come, and they need only claim
   * @param askAgainMillis when to ask again
   * @param paused whether admissions are paused, by an operator or for want of the store
   */
  record Wait(InLine inLine, long ahead, boolean called, long askAgainMillis, boolean paused)
      implements Decision {
    @Override
    public <R extends @Nullable Object> R answer(Answers<R> answers) {
      return answers.keepWaiting(this);
    }
  }

  /** The visitor does not come in, and has no place. */
  record TurnAway(Why why) implements Decision {
    @Override
    public <R extends @Nullable Object> R answer(Answers<R> answers) {
      return answers.turnAway(this);
    }
  }

  /**
   * The visitor shall have a number.
   *
   * @param standsBy what they carry who stands by for one already; null for a newcomer
   */
  record TakeNumber(@Nullable InLine standsBy) implements Decision {
    @Override
    public <R extends @Nullable Object> R answer(Answers<R> answers) {
      return answers.takeNumber(this);
    }
  }

  /** The visitor is called, and this request claims the place. */
  record ClaimPlace(Ticket ticket) implements Decision {
    @Override
    public <R extends @Nullable Object> R answer(Answers<R> answers) {
      return answers.claimPlace(this);
    }
  }

  /** Why somebody is turned away. Its name in small letters is the metric's label and the log's. */
  enum Why {
    /** The request has no ticket and is none that takes one. */
    NOT_JOINED,
    /** The line is as long as it may get. */
    LINE_TOO_LONG,
    /** Too many join from the visitor's address at once. */
    TOO_MANY_JOIN,
    /** The pass is used from too many networks at once. */
    PASS_SHARED
  }

  <R extends @Nullable Object> R answer(Answers<R> answers);

  /** One method a case, so that a new case breaks the build wherever it is not yet answered. */
  interface Answers<R extends @Nullable Object> {
    R admit(Admit d);

    R keepWaiting(Wait d);

    R turnAway(TurnAway d);

    R takeNumber(TakeNumber d);

    R claimPlace(ClaimPlace d);
  }
}
