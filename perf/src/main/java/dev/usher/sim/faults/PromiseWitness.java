package dev.usher.sim.faults;

import dev.usher.room.Decision;
import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.World;
import dev.usher.sim.time.BrokenPromiseException;
import dev.usher.sim.usher.ReplicaFleet;
import dev.usher.sim.usher.Told;
import dev.usher.sim.usher.Weather;
import dev.usher.store.Place;
import dev.usher.token.InLine;
import dev.usher.token.Ticket;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Observes what every visitor is told, and throws if a promise is broken. */
final class PromiseWitness {
  /** How old a view of the line may be while all is well. */
  private static final double VIEW_SECONDS = 1;

  /**
   * Time by which a replica has noticed that all is well, restored what it remembers, and read the
   * line.
   */
  private static final double RECOVERED_SECONDS = 6;

  /** How many may be called, or leave, during the age of a view. */
  private static final long APART_MOST = 40;

  private final World world;
  private final Weather weather;
  private final Memories memories;
  private final Sessions sessions;
  private final Map<Place, Integer> holders = new HashMap<>();
  private final Map<Integer, Standing> standings = new HashMap<>();
  private final Map<Long, Order> orders = new HashMap<>();

  /** What a visitor was last told. */
  private static final class Standing {
    private @Nullable Place place;
    private long ahead = Long.MAX_VALUE;

    /** Whether the visitor had another place before: what was told about that one still counts. */
    private boolean moved;
  }

  // Rule zero: all four are parts of one run; a record of them would have no other use.
  PromiseWitness(World world, Weather weather, Memories memories, Sessions sessions) {
    this.world = world;
    this.weather = weather;
    this.memories = memories;
    this.sessions = sessions;
  }

  private BrokenPromiseException broken(String promise) {
    return world.journal().broken(promise);
  }

  private double now() {
    return world.timeline().seconds();
  }

  private Order order(long epoch) {
    return orders.computeIfAbsent(epoch, e -> new Order());
  }

  /** A visitor was told this. */
  void heard(Caller caller, Told told) {
    if (told.decision() instanceof Decision.Admit admit) {
      Place place = admit.pass().place();
      world.journal().note("comes in", caller.number(), place.number());
      holds(caller, place);
      sessions.begins(place);
      double asOf = Math.max(sessions.admittedAt(place), asOf(told));
      order(place.epoch()).called(place.number(), now(), asOf);
    } else if (told.decision() instanceof Decision.Wait wait) {
      waits(caller, wait, told);
    } else if (told.decision() instanceof Decision.TakeNumber) {
      loses(caller);
    } else {
      throw broken("nobody is turned away, but " + caller.number() + " was: " + told);
    }
  }

  /**
   * A visitor's place has become worthless. They may have come in without hearing of it, and then
   * been cut off until the session was over: the store knows sessions only by their requests.
   */
  private void loses(Caller caller) {
    Place place = caller.inLine instanceof Ticket ticket ? ticket.place() : null;
    double lasted = place == null ? Double.POSITIVE_INFINITY : sessions.lastedUntold(place);
    if (place == null || now() < lasted || !weather.cutOffSince(lasted)) {
      throw broken("nobody is lost, but this one was: " + caller.inLine);
    }
    sessions.ends(place);
  }

  /** The time of the line's state from which a visitor was told something. */
  private double asOf(Told told) {
    return now() - told.view();
  }

  private void waits(Caller caller, Decision.Wait wait, Told told) {
    Standing standing = standings.computeIfAbsent(caller.number(), c -> new Standing());
    boolean known = wait.ahead() < Long.MAX_VALUE;
    if (known && wait.ahead() > standing.ahead) {
      throw broken(
          "no position rises, but of "
              + caller.number()
              + " did from "
              + standing.ahead
              + " to "
              + wait.ahead());
    }
    standing.ahead = Math.min(standing.ahead, wait.ahead());
    InLine inLine = wait.inLine();
    if (inLine instanceof Ticket ticket) {
      Place place = ticket.place();
      holds(caller, place);
      if (wait.called()) {
        order(place.epoch()).called(place.number(), now(), asOf(told));
      } else {
        // A replica with a later line knows nothing about this place's neighbours.
        if (memories.reads(told.seat(), place.epoch())) {
          waitsInOrder(place, told);
        }
        if (!standing.moved) {
          agrees(place, wait.ahead(), told);
        }
      }
    } else if (standing.place != null) {
      throw broken("nobody loses a place, but " + caller.number() + " lost " + standing.place);
    }
  }

  private void waitsInOrder(Place place, Told told) {
    double well = weather.wellFor(told.seat());
    double old = well < RECOVERED_SECONDS ? Math.max(told.view(), 0) : 0;
    long later =
        order(place.epoch()).calledBeyond(place.number(), now() - VIEW_SECONDS - old, memories);
    if (later > 0) {
      throw broken(
          "nobody waits behind who came later, but " + place + " did, as " + later + " was called");
    }
  }

  /**
   * Equally fresh views show neighbours nearly the same. After a cut, everyone who did not come
   * back leaves in one step.
   */
  private void agrees(Place place, long ahead, Told told) {
    if (ahead == Long.MAX_VALUE || told.view() > VIEW_SECONDS || weather.cutOffSince(0)) {
      return;
    }
    long apart = order(place.epoch()).disagreement(place.number(), ahead, now(), VIEW_SECONDS);
    if (apart > APART_MOST) {
      throw broken(
          "places told to neighbours agree, but " + place + " is " + apart + " from another's");
    }
  }

  private void holds(Caller caller, Place place) {
    Integer other = holders.put(place, caller.number());
    if (other != null && other != caller.number()) {
      throw broken(
          "no number is given twice, but " + other + " and " + caller.number() + " have " + place);
    }
    Standing standing = standings.computeIfAbsent(caller.number(), c -> new Standing());
    Place before = standing.place;
    if (place.equals(before)) {
      return;
    }
    world.journal().note("has number", caller.number(), place.number());
    standing.place = place;
    Order order = order(place.epoch());
    boolean inOrder = true;
    if (before == null) {
      order.newcomer(place.number());
    } else if (before.epoch() >= place.epoch()) {
      throw broken("nobody gets another number, but who had " + before + " got " + place);
    } else {
      standing.moved = true;
      inOrder = order.moves(before, place.number());
    }
    if ((!inOrder || !order.olderFirst()) && couldComeBack(place.epoch())) {
      throw broken("old places keep their order and stand before new ones, but not " + place);
    }
  }

  /**
   * Whether everyone could bring an old place back in time. A store that is lost meanwhile loses
   * the visitors who stood by for a number; and visitors who cannot get through, or who reach a
   * replica that cannot reach the store, come back late, behind those who could.
   */
  private boolean couldComeBack(long epoch) {
    double begun = ReplicaFleet.begun(epoch);
    return !memories.lostSince(begun + 1)
        && !weather.cutOffSince(begun)
        && !weather.struckSince(begun + RECOVERED_SECONDS);
  }

  /** A waiting visitor leaves. */
  void goes(Caller caller) {
    Standing standing = standings.get(caller.number());
    if (standing != null && standing.place != null) {
      sessions.ends(standing.place);
    }
  }

  /** A visitor who was inside leaves. */
  void ends(Caller caller) {
    if (caller.pass != null) {
      sessions.ends(caller.pass.place());
    }
  }
}
