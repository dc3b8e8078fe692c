package dev.usher.room;

import dev.usher.room.Decision.Leave;
import dev.usher.room.Decision.PassBy;
import dev.usher.store.Place;
import dev.usher.token.Pass;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of requests of those whose session is over. The place is free at once in every case;
 * what goes on here goes on without one.
 */
public final class AfterVisit {
  /** The parts of the page by which the origin ended a session, and its ticket to be printed. */
  public static final long FAREWELL_MILLIS = 60_000;

  /** So often the store is asked at most whether it counts a session whose pass has expired. */
  private static final long ASK_AGAIN_MILLIS = 1000;

  /** Sessions that ended here, kept at once; a power of two. Newer ones take older ones' slots. */
  private static final int KEPT = 4096;

  private final Room room;
  private final Gate gate;
  private final AtomicReferenceArray<@Nullable End> ends = new AtomicReferenceArray<>(KEPT);

  /**
   * @param byOrigin whether the origin ended it; else the store was asked then, and had no session
   */
  private record End(Place place, long at, boolean byOrigin) {}

  /** Why a session is over. */
  public enum Why {
    /** Nothing was asked for longer than the time-out. */
    IDLE,
    /** It lasted as long as any may. */
    AS_LONG_AS_ANY,
    /** The origin, an operator or the visitor ended it. */
    ENDED
  }

  AfterVisit(Room room, Gate gate) {
    this.room = room;
    this.gate = gate;
  }

  /** The origin has ended the session; requests with its pass may be on their way. */
  void ended(Place place, long now) {
    ends.set(slot(place), new End(place, now, true));
  }

  private static int slot(Place place) {
    return (int) place.number() & (KEPT - 1);
  }

  /** By whose leave the request goes on; null where it is like that of anybody else. */
  @Nullable Decision decide(Visitor visitor, long now) {
    // A pass whose session was ended seems good until it expires.
    Pass pass = visitor.pass() == null ? visitor.former() : visitor.pass();
    if (pass == null || !visitor.intent().goesOn()) {
      return null;
    }
    if (pass.farewell() || gate.hasLeft(pass.place())) {
      boolean fresh = pass.farewell() ? now < pass.expiresAt() : endedHere(pass.place(), now);
      return visitor.reads() && fresh ? new PassBy(pass.place(), Leave.JUST_ENDED) : null;
    }
    if (gate.isOver(pass.place())) {
      return null;
    }
    // Who has a ticket since has been told already that the session is over.
    boolean asks = visitor.inLine() == null && room.contact() == Contact.GOOD;
    if (asks && now < longest(pass) && mayAsk(pass.place(), now)) {
      return new Decision.Resume(visitor, pass);
    }
    return visitor.finishes() && now < graceEnds(pass)
        ? new PassBy(pass.place(), Leave.FINISHING)
        : null;
  }

  /** Whether it is some time ago that the store was asked for the session, and had none. */
  private boolean mayAsk(Place place, long now) {
    End end = ends.get(slot(place));
    return end == null || !end.place().equals(place) || now - end.at() >= ASK_AGAIN_MILLIS;
  }

  /** The store does not count the session. */
  void isOver(Place place, long now) {
    ends.set(slot(place), new End(place, now, false));
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
    End end = ends.get(slot(place));
    return end != null
        && end.byOrigin()
        && end.place().equals(place)
        && now - end.at() < FAREWELL_MILLIS;
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
    if (pass.farewell() || gate.hasLeft(pass.place())) {
      return Why.ENDED;
    }
    return pass.expiresAt() >= longest(pass) ? Why.AS_LONG_AS_ANY : Why.IDLE;
  }

  /** The pass of one whose session the origin has just ended: it opens nothing, and reads on. */
  public Pass farewell(Pass pass, long now) {
    long at = Math.max(now, pass.admittedAt());
    return new Pass(pass.place(), pass.admittedAt(), at, at + FAREWELL_MILLIS, true);
  }
}
