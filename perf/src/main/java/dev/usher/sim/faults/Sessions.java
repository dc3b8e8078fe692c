package dev.usher.sim.faults;

import dev.usher.sim.gate.World;
import dev.usher.sim.plant.PlantPod;
import dev.usher.sim.usher.Auditor;
import dev.usher.store.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who is inside, as the visitors know it and not as the store counts it. Throws if there are more
 * sessions than the capacity, or more requests on a pod than its cap.
 */
final class Sessions implements Auditor {
  /** How long a pass is valid: no session is over earlier. */
  private static final double PASS_SECONDS = 67.5;

  private final World world;
  private final int cap;

  /** Places of visitors who are inside and know it. */
  private final Set<Place> inside = new HashSet<>();

  /** Places that are sessions in the store, though nobody was told so yet. */
  private final Set<Place> untold = new HashSet<>();

  /** When the store last turned a place into a session, or had done so, in seconds of the run. */
  private final Map<Place, Double> admittedAt = new HashMap<>();

  private long capacity;
  private long sent;

  /**
   * Of these, the requests that exceeded the cap, on slots of replicas that were not heard from.
   */
  private long beyond;

  /**
   * @param cap requests that may be in flight on a pod, from all replicas together
   */
  Sessions(World world, int cap) {
    this.world = world;
    this.cap = cap;
  }

  /** A visitor was told to come in. */
  void begins(Place place) {
    untold.remove(place);
    if (!inside.add(place)) {
      throw world.journal().broken("one place is one session, but was two: " + place);
    }
  }

  /** When the store last let this place in; infinitely long ago if it never did. */
  double admittedAt(Place place) {
    return admittedAt.getOrDefault(place, Double.NEGATIVE_INFINITY);
  }

  /**
   * The earliest end of this place's session, if the store let it in and nobody was told; infinite
   * if there was none.
   */
  double lastedUntold(Place place) {
    Double at = inside.contains(place) ? null : admittedAt.get(place);
    return at == null ? Double.POSITIVE_INFINITY : at + PASS_SECONDS;
  }

  /** A visitor who was inside, or waited, leaves. */
  void ends(Place place) {
    inside.remove(place);
    untold.remove(place);
  }

  /** What the store did without anyone being told may be undone. */
  void storeLost() {
    untold.clear();
  }

  @Override
  public void called(long bears, long sessions) {
    capacity = bears;
  }

  @Override
  public void admitted(Place place) {
    double now = world.timeline().seconds();
    admittedAt.put(place, now);
    // Visitors who were never told have no pass that could keep the session alive.
    untold.removeIf(each -> lastedUntold(each) < now);
    if (inside.contains(place) || !untold.add(place)) {
      return;
    }
    int sessions = inside.size() + untold.size();
    world.journal().note("admitted", place.number(), sessions);
    if (sessions > capacity) {
      throw world
          .journal()
          .broken(
              "sessions never exceed capacity at a claim, but were "
                  + sessions
                  + " of "
                  + capacity);
    }
  }

  @Override
  public void left(Place place) {
    untold.remove(place);
  }

  /** For an epoch that the store has lost: the place gets another number. */
  @Override
  public void unknown(Place place) {
    world.journal().note("unknown", place.number(), place.epoch());
  }

  @Override
  public void sent(PlantPod pod, int unheard) {
    if (pod.inFlight() > cap + unheard) {
      throw world
          .journal()
          .broken(
              "no pod has more in flight than its cap, but one had "
                  + pod.inFlight()
                  + " of "
                  + cap
                  + ", and replicas that are not heard of have "
                  + unheard);
    }
    beyond += pod.inFlight() > cap ? 1 : 0;
    sent++;
  }

  /** How many in a million requests exceeded the pod's cap. */
  double beyond() {
    return sent == 0 ? 0 : 1e6 * beyond / sent;
  }
}
