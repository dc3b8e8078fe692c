package dev.usher.sim.usher;

import dev.usher.sim.plant.PlantPod;
import dev.usher.store.Place;

/** Hears of what all replicas together do to the store and to the pods, as it is done. */
public interface Auditor {
  /** A step of calling: sessions that the upstream bears, and that the store counts. */
  void called(long capacity, long sessions);

  /** The store made, or had made, a session of this place. */
  void admitted(Place place);

  /** The store is told that this place was given up. */
  void left(Place place);

  /** The store knows nothing of this place. */
  void unknown(Place place);

  /**
   * A request was sent to this pod.
   *
   * @param unheard requests on it of replicas that were stopped or cut off alone: the others have
   *     their slots by now, and they cannot know
   */
  void sent(PlantPod pod, int unheard);
}
