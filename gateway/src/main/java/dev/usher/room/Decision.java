package dev.usher.room;

import dev.usher.store.Place;
import dev.usher.token.InLine;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * What the room says to one request. Most of the cases are final; for three of them the store must
 * be asked first, by {@link Room#number}, {@link Room#claim} or {@link Room#resume}.
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
   * The request goes on to the upstream without a session: it begins none, and counts as load.
   *
   * @param of whose session is over; null for what is nobody's arrival
   * @param leave by whose leave it goes on
   */
  record PassBy(@Nullable Place of, Leave leave) implements Decision {
    @Override
    public <R extends @Nullable Object> R answer(Answers<R> answers) {
      return answers.passBy(this);
    }
  }

  /** Why a request without a session goes on. Its name in small letters is what visitors see. */
  enum Leave {
    /** Nobody waits, and places are free. */
    ROOM_IS_FREE,
    /** The origin ended the session a moment ago, by the page that this belongs to. */
    JUST_ENDED,
    /** The session ended lately by itself, and this finishes what was begun in it. */
    FINISHING
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
   * @param waits whether they wait with it where no place is free; else they go without one
   * @param spent the place of a token that they show and that is worth nothing; null for none
   */
  record TakeNumber(@Nullable InLine standsBy, boolean waits, @Nullable Place spent)
      implements Decision {
    /** One who waits with it. */
    public TakeNumber(@Nullable InLine standsBy) {
      this(standsBy, true, null);
    }

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

  /**
   * The visitor's pass has expired, and the session may be counted still, because they were heard
   * of by other means than requests; this request asks the store.
   */
  record Resume(Visitor visitor, Pass pass) implements Decision {
    @Override
    public <R extends @Nullable Object> R answer(Answers<R> answers) {
      return answers.resume(this);
    }
  }

  /** Why somebody is turned away. Its name in small letters is the metric's label and the log's. */
  enum Why {
    /** The request has no ticket and is none that takes one. */
    NOT_JOINED,
    /** A robot asks, and people wait or all places are taken. */
    NOT_NOW,
    /** The line is as long as it may get. */
    LINE_TOO_LONG,
    /** Too many join from the visitor's address at once. */
    TOO_MANY_JOIN,
    /** The pass is used from too many networks at once. */
    PASS_SHARED
  }

  <R extends @Nullable Object> R answer(Answers<R> answers);

  /** One method a case, so that a new case breaks the build wherever it is not yet answered. */
  // Rule zero: there are seven cases.
  interface Answers<R extends @Nullable Object> {
    R admit(Admit d);

    R passBy(PassBy d);

    R keepWaiting(Wait d);

    R turnAway(TurnAway d);

    R takeNumber(TakeNumber d);

    R claimPlace(ClaimPlace d);

    R resume(Resume d);
  }
}
