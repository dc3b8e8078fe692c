package dev.usher.room;

import dev.usher.sale.Opening;
import dev.usher.sale.Openings;
import dev.usher.store.Gathering;
import dev.usher.store.Line;
import dev.usher.store.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** This replica's copy of a room's queue, as old as the last refresh, and when the room is shut. */
final class Gate {
  /**
   * No answer arrives this late. A line that is older by more comes from a store whose clock was
   * set back.
   */
  private static final long CLOCK_SET_BACK_MILLIS = 5000;

  /**
   * About a minute and a half of refreshes; a call older than that counts from the oldest one kept.
   */
  private static final int STEPS_KEPT = 512;

  private final Predicate<Place> leaves;
  private final Deque<Step> steps = new ArrayDeque<>();
  private volatile Openings openings = Openings.NONE;
  private volatile View view = new View(Line.UNKNOWN, 0);

  /** The line, and how fast it has moved lately, in visitors called a second. */
  private record View(Line line, double pace) {}

  /** The first time, by the store's clock, at which numbers up to this one had been called. */
  private record Step(long time, long epoch, long called) {}

  /**
   * @param leaves whether a place was given up here of which no line may tell yet
   */
  Gate(Predicate<Place> leaves) {
    this.leaves = leaves;
  }

  /** Takes over a newer line, if it shows everyone who waits. */
  synchronized void refresh(Line fresh) {
    // Before the leader has counted who waits, nobody would seem to be ahead of anyone, and the
    // number ahead that a visitor is told never rises: until then the last line stands.
    if (!fresh.whole()) {
      return;
    }
    // Two answers of the store may overtake each other on their way here. The later by the store's
    // clock is kept, so that a visitor who was let in is not sent back to the line.
    if (!isOvertaken(fresh, view.line())) {
      view = next(view, fresh);
      Step last = steps.peekLast();
      if (last == null || last.called() != fresh.called() || last.epoch() != fresh.epoch()) {
        steps.addLast(new Step(fresh.time(), fresh.epoch(), fresh.called()));
      }
      if (steps.size() > STEPS_KEPT) {
        steps.removeFirst();
      }
    }
  }

  private static boolean isOvertaken(Line fresh, Line known) {
    long late = known.time() - fresh.time();
    // Without the limit, this replica would ignore a store that failed over to a machine whose
    // clock is behind.
    return (late > 0 && late < CLOCK_SET_BACK_MILLIS)
        || (late == 0 && fresh.epoch() == known.epoch() && fresh.called() < known.called());
  }

  private static View next(View old, Line fresh) {
    long millis = fresh.time() - old.line().time();
    if (fresh.epoch() != old.line().epoch()) {
      return new View(fresh, 0);
    }
    if (millis <= 0) {
      return new View(fresh, old.pace());
    }
    double now = (fresh.called() - old.line().called()) * 1000.0 / millis;
    // Half of the weight is on the last 5 s, so that a pause does not look like a standstill at
    // once.
    double keep = Math.pow(0.5, millis / 5000.0);
    return new View(fresh, keep * old.pace() + (1 - keep) * now);
  }

  /** The queue as of the last refresh. */
  public Line line() {
    return view.line();
  }

  /** Takes over a changed policy. A room that only watches holds nobody back at any time. */
  void reconfigure(RoomPolicy policy) {
    openings = policy.observes() ? Openings.NONE : Openings.of(policy.events());
  }

  /** The opening for which visitors gather at this time; null while they do not. */
  @Nullable Opening awaited(long now) {
    return openings.awaited(now);
  }

  /** Whether nobody comes in at this time, whatever is free. */
  boolean isShut(long now) {
    return line().paused() || awaited(now) != null;
  }

  /**
   * The next time in which visitors gather.
   *
   * @param now the time to go by before the store has told its own
   */
  Gathering gathering(long now) {
    long told = line().time();
    Opening next = openings.next(told > 0 ? told : now);
    return next == null ? Gathering.NONE : new Gathering(next.from(), next.at());
  }

  /** Visitors called a second, lately. */
  double pace() {
    return view.pace();
  }

  /** How long ago the place was called, in milliseconds by the store's clock; 0 if not yet. */
  synchronized long sinceCalled(Place place) {
    for (Step step : steps) {
      if (step.epoch() == place.epoch() && step.called() >= place.number()) {
        return Math.max(0, line().time() - step.time());
      }
    }
    return 0;
  }

  /** Whether the place may be claimed. On the path of every poll: one volatile read. */
  boolean isOpenTo(Place place) {
    Line line = line();
    return place.epoch() == line.epoch() && place.number() <= line.called();
  }

  /** Whether a claim of a called place may find a free one, as of the last refresh. */
  boolean isWorthAsking(Place place) {
    return place.number() < line().open();
  }

  /** Whether the place is worth nothing any more: from before a reset, or given up. */
  boolean isOver(Place place) {
    return place.epoch() < line().recovery().validFrom() || hasLeft(place);
  }

  /**
   * Whether the place is from an epoch that the store has lost, so that its visitor gets another
   * number.
   */
  boolean isLost(Place place) {
    return place.epoch() < line().epoch();
  }

  /** Whether the visitor gave up the place, or ended its session. */
  boolean hasLeft(Place place) {
    return leaves.test(place) || line().hasLeft(place);
  }

  /**
   * Visitors ahead of this place; {@link Long#MAX_VALUE} while its epoch is newer than this copy.
   */
  long ahead(Place place) {
    Line line = line();
    return place.epoch() == line.epoch() ? line.ahead(place.number()) : Long.MAX_VALUE;
  }
}
