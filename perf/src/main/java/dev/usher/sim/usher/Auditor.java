package dev.usher.sim.usher;

import dev.usher.sim.plant.PlantPod;
import dev.usher.store.Place;

/** Learns what all replicas together do to the store and to the pods, as it happens. */
public interface Auditor {
  /**
   * A step of calling: sessions that the upstream can carry, and sessions that the store counts.
   */
  void called(long capacity, long sessions);

  /** The store turned this place into a session, or had done so before. */
  void admitted(Place place);

  /** The store is told that this place was given up. */
  void left(Place place);

  /** The store knows nothing about this place. */
  void unknown(Place place);

  /**
   * A request was sent to this pod.
   *
   * @param unheard requests on it from replicas that were stopped or cut off alone: the others have
   *     their slots by now, which they cannot know
   */
  void sent(PlantPod pod, int unheard);
}
