package dev.usher.room;

import dev.usher.forecast.WaitRange;
import dev.usher.sale.Countdown;
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
   * @param pass what the visitor shows next time
   * @param fresh whether the pass is new to the visitor: issued or renewed now
   */
  record Admit(Pass pass, boolean fresh) implements Decision {
    @Override
    public <R extends @Nullable Object> R answer(Answers<R> answers) {
      return answers.admit(this);
    }
  }

  /**
   * The request goes on to the upstream without a session: it begins none but counts as load.
   *
   * @param of the place whose session is over; null if the request is nobody's arrival
   * @param leave why it may go on
   */
  record PassBy(@Nullable Place of, Leave leave) implements Decision {
    @Override
    public <R extends @Nullable Object> R answer(Answers<R> answers) {
      return answers.passBy(this);
    }
  }

  /** Why a request without a session goes on. Its name in lower case is what visitors see. */
  enum Leave {
    /** Nobody waits, and places are free. */
    ROOM_IS_FREE,
    /** The origin ended the session a moment ago, with the page that this request belongs to. */
    JUST_ENDED,
    /** The session ended by itself recently, and this request finishes what was begun in it. */
    FINISHING
  }

  /**
   * The visitor waits.
   *
   * @param inLine what the visitor shows next time
   * @param ahead visitors ahead, never more than this visitor was told before; {@link
   *     Long#MAX_VALUE} while unknown
   * @param called whether the visitor's turn has come, so that only the claim remains
   * @param askAgainMillis when to ask again
   * @param paused whether nobody comes in at the moment, because of an operator or of a fault
   * @param held whether that is because of a fault: the store is away, or brings back what it lost
   * @param countdown what the visitor gathers for; null while the room is open
   * @param range how long the visitor waits, from the opening on if there is one; null while that
   *     cannot be told
   */
  record Wait(
      InLine inLine,
      long ahead,
      boolean called,
      long askAgainMillis,
      boolean paused,
      boolean held,
      @Nullable Countdown countdown,
      @Nullable WaitRange range)
      implements Decision {
    /** The same for a visitor who was told of no more people ahead than these. */
    public Wait with(InLine shown, long fewest) {
      return new Wait(shown, fewest, called, askAgainMillis, paused, held, countdown, range);
    }

    @Override
    public <R extends @Nullable Object> R answer(Answers<R> answers) {
      return answers.keepWaiting(this);
    }
  }

  /** The visitor does not come in and gets no place. */
  record TurnAway(Why why) implements Decision {
    @Override
    public <R extends @Nullable Object> R answer(Answers<R> answers) {
      return answers.turnAway(this);
    }
  }

  /**
   * The visitor is to get a number.
   *
   * @param standsBy what a visitor who already stands by for a number carries; null for a newcomer
   * @param waits whether the visitor waits with the number if no place is free, rather than going
   *     away without one
   * @param spent the place of a token that the visitor shows and that is worth nothing any more;
   *     null for none
   */
  record TakeNumber(@Nullable InLine standsBy, boolean waits, @Nullable Place spent)
      implements Decision {
    /** For a visitor who waits with the number. */
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
   * The visitor's pass has expired, but the session may still be counted because the visitor was
   * heard from by other means than requests; this request asks the store.
   */
  record Resume(Visitor visitor, Pass pass) implements Decision {
    @Override
    public <R extends @Nullable Object> R answer(Answers<R> answers) {
      return answers.resume(this);
    }
  }

  /** Why a visitor is turned away. Its name in lower case is the metric's label and the log's. */
  enum Why {
    /** The request has no ticket, and is not of a kind that takes one. */
    NOT_JOINED,
    /** The visitor has taken the place along to another browser. */
    MOVED,
    /** A robot asks while people wait or all places are taken. */
    NOT_NOW,
    /** There is nothing left to wait for. */
    SOLD_OUT,
    /** The line is as long as it may get. */
    LINE_TOO_LONG,
    /** Too many visitors join from this visitor's address at once. */
    TOO_MANY_JOIN,
    /** Too many visitors join from this visitor's network at once. */
    TOO_MANY_OF_NETWORK,
    /** The pass is used from too many networks at once. */
    PASS_SHARED
  }

  <R extends @Nullable Object> R answer(Answers<R> answers);

  /**
   * One method for each case, so that a new case breaks the build wherever it is not handled yet.
   */
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
