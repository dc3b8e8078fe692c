package dev.usher.room;

import dev.usher.room.Decision.Leave;
import dev.usher.room.Decision.PassBy;
import dev.usher.store.Place;
import dev.usher.store.SessionStanding;
import dev.usher.token.InLine;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request whose session is over. The session's place is free at once in every
 * case; a request that goes on here does so without a place.
 */
public final class AfterVisit {
  /**
   * Time in which the parts of the page that ended a session still load, and its ticket can be
   * printed.
   */
  public static final long FAREWELL_MILLIS = 60_000;

  /**
   * Number of sessions ended here that are remembered; a power of two. A newer one overwrites an
   * older one in its slot.
   */
  private static final int KEPT = 4096;

  private final Room room;
  private final Gate gate;
  private final Latecomers late;
  private final AtomicReferenceArray<@Nullable End> ends = new AtomicReferenceArray<>(KEPT);

  private record End(Place place, long at) {}

  /** Why a session is over. */
  public enum Why {
    /** Nothing was requested for longer than the time-out. */
    IDLE,
    /** It reached the longest session allowed. */
    AS_LONG_AS_ANY,
    /** The origin, an operator or the visitor ended it. */
    ENDED
  }

  AfterVisit(Room room, Gate gate, Latecomers late) {
    this.room = room;
    this.gate = gate;
    this.late = late;
  }

  /** The origin has ended the session; requests with its pass may be on their way. */
  void ended(Place place, long now) {
    ends.set(slot(place), new End(place, now));
  }

  private static int slot(Place place) {
    return (int) place.number() & (KEPT - 1);
  }

  /** Whether the visitor holds nothing of this room that is worth anything. */
  public boolean isStranger(@Nullable Pass pass, @Nullable InLine inLine) {
    return (pass == null || isEnded(pass))
        && (inLine == null || (inLine instanceof Ticket ticket && gate.isOver(ticket.place())));
  }

  /**
   * Decides whether the request goes on without a session; null means treat it like anyone else's.
   */
  @Nullable Decision decide(Visitor visitor, long now) {
    // The pass of a session that was ended still looks valid until it expires.
    Pass pass = visitor.pass() == null ? visitor.former() : visitor.pass();
    if (pass == null || !visitor.intent().goesOn()) {
      return null;
    }
    SessionStanding stay = late.known(pass.place(), now);
    // Finishing requests ask, too: once a number is in no line, only the store knows whether its
    // visitor left.
    boolean asks =
        stay == null && room.storeState() == StoreState.GOOD && mayBeAskedFor(visitor, pass);
    if (asks && now < Math.max(longest(pass), graceEnds(pass)) && late.mayAsk(pass.place(), now)) {
      return new Decision.Resume(visitor, pass);
    }
    return told(visitor, pass, stay, now);
  }

  private boolean mayBeAskedFor(Visitor visitor, Pass pass) {
    // A visitor who has taken a ticket since has already been told that the session is over.
    return (visitor.inLine() == null || visitor.finishes())
        && !isEnded(pass)
        && !gate.isOver(pass.place());
  }

  /**
   * The same decision, once the store has answered.
   *
   * @param stay what the store said; null if it was not asked or did not answer
   */
  @Nullable Decision told(Visitor visitor, Pass pass, @Nullable SessionStanding stay, long now) {
    if (isEnded(pass) || stay == SessionStanding.LEFT) {
      boolean fresh = pass.farewell() ? now < pass.expiresAt() : endedHere(pass.place(), now);
      return visitor.reads() && fresh ? new PassBy(pass.place(), Leave.JUST_ENDED) : null;
    }
    if (gate.isOver(pass.place())) {
      return null;
    }
    if (stay == SessionStanding.COUNTED && visitor.inLine() == null && now < longest(pass)) {
      return room.resumed(pass, now);
    }
    return visitor.finishes() && now < graceEnds(pass)
        ? new PassBy(pass.place(), Leave.FINISHING)
        : null;
  }

  /**
   * Whether the session was ended, as far as this replica knows without asking. On the path of
   * every request of an admitted visitor: two reads of memory.
   */
  public boolean isEnded(Pass pass) {
    // This replica knows of an end that it handled before the line shows it.
    return pass.farewell() || gate.hasLeft(pass.place()) || end(pass.place()) != null;
  }

  private @Nullable End end(Place place) {
    End end = ends.get(slot(place));
    return end != null && end.place().equals(place) ? end : null;
  }

  /** Notes that the visitor sent something over what the session's request opened. */
  public void heard(Pass pass, long now) {
    if (now < longest(pass) && !isEnded(pass)) {
      room.isInside(pass.place());
    }
  }

  private long longest(Pass pass) {
    return pass.admittedAt() + room.policy().sessionMax().toMillis();
  }

  private boolean endedHere(Place place, long now) {
    End end = end(place);
    return end != null && now - end.at() < FAREWELL_MILLIS;
  }

  /**
   * The end of the session's one grace period: counted from the expiry of the pass, never renewed.
   */
  private long graceEnds(Pass pass) {
    return pass.expiresAt() + room.policy().finishGrace().toMillis();
  }

  /**
   * When the pass stops being worth keeping; until then it tells its visitor why the visit ended.
   */
  public long keptUntil(Pass pass) {
    return pass.farewell() ? pass.expiresAt() : Math.max(graceEnds(pass), longest(pass));
  }

  /** Why the session of this pass is over. */
  public Why why(Pass pass) {
    if (isEnded(pass)) {
      return Why.ENDED;
    }
    return pass.expiresAt() >= longest(pass) ? Why.AS_LONG_AS_ANY : Why.IDLE;
  }

  /**
   * The pass of a visitor whose session the origin has just ended: it opens no session, but its
   * holder may still read for a minute.
   */
  public Pass farewell(Pass pass, long now) {
    long at = Math.max(now, pass.admittedAt());
    return new Pass(pass.place(), pass.admittedAt(), at, at + FAREWELL_MILLIS, true, pass.pod());
  }
}
