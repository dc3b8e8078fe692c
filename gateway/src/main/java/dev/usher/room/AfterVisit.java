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
 * What becomes of requests of those whose session is over. The place is free at once in every case;
 * what goes on here goes on without one.
 */
public final class AfterVisit {
  /** The parts of the page by which the origin ended a session, and its ticket to be printed. */
  public static final long FAREWELL_MILLIS = 60_000;

  /** Sessions that ended here, kept at once; a power of two. Newer ones take older ones' slots. */
  private static final int KEPT = 4096;

  private final Room room;
  private final Gate gate;
  private final Latecomers late;
  private final AtomicReferenceArray<@Nullable End> ends = new AtomicReferenceArray<>(KEPT);

  private record End(Place place, long at) {}

  /** Why a session is over. */
  public enum Why {
    /** Nothing was asked for longer than the time-out. */
    IDLE,
    /** It lasted as long as any may. */
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
    return (pass == null || gate.hasLeft(pass.place()))
        && (inLine == null || (inLine instanceof Ticket ticket && gate.isOver(ticket.place())));
  }

  /** By whose leave the request goes on; null where it is like that of anybody else. */
  @Nullable Decision decide(Visitor visitor, long now) {
    // A pass whose session was ended seems good until it expires.
    Pass pass = visitor.pass() == null ? visitor.former() : visitor.pass();
    if (pass == null || !visitor.intent().goesOn()) {
      return null;
    }
    SessionStanding stay = late.known(pass.place(), now);
    // Also to finish: of a number that is in no line any more only the store knows who left.
    boolean asks =
        stay == null && room.storeState() == StoreState.GOOD && mayBeAskedFor(visitor, pass);
    if (asks && now < Math.max(longest(pass), graceEnds(pass)) && late.mayAsk(pass.place(), now)) {
      return new Decision.Resume(visitor, pass);
    }
    return told(visitor, pass, stay, now);
  }

  private boolean mayBeAskedFor(Visitor visitor, Pass pass) {
    // Who has a ticket since has been told already that the session is over.
    return (visitor.inLine() == null || visitor.finishes())
        && !isEnded(pass)
        && !gate.isOver(pass.place());
  }

  /**
   * The same, once the store was asked.
   *
   * @param stay what it said; null where it was not asked, or did not answer
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

  /** Whether the session was ended, as far as this replica knows without asking. */
  public boolean isEnded(Pass pass) {
    // Here it is known before the line has it.
    return pass.farewell() || gate.hasLeft(pass.place()) || end(pass.place()) != null;
  }

  private @Nullable End end(Place place) {
    End end = ends.get(slot(place));
    return end != null && end.place().equals(place) ? end : null;
  }

  /** Something came from the visitor by what the session's request has opened. */
  public void heard(Pass pass, long now) {
    if (now < longest(pass) && !gate.hasLeft(pass.place())) {
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

  /** One grace for one session: it is reckoned from the end of the pass, and nothing renews it. */
  private long graceEnds(Pass pass) {
    return pass.expiresAt() + room.policy().finishGrace().toMillis();
  }

  /** Until when a pass is worth keeping, so that its visitor can be told why the visit ended. */
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

  /** The pass of one whose session the origin has just ended: it opens nothing, and reads on. */
  public Pass farewell(Pass pass, long now) {
    long at = Math.max(now, pass.admittedAt());
    return new Pass(pass.place(), pass.admittedAt(), at, at + FAREWELL_MILLIS, true, pass.pod());
  }
}
