package dev.usher.capacity;

import dev.usher.room.Pod;

/**
 * One pod as it stands now.
 *
 * @param pod the pod
 * @param ready whether it is in the set
 * @param ejected whether failed requests put it out, and no probe has brought it back
 * @param inFlight requests in flight
 * @param cap most requests it may have in flight
 * @param inFlightMax most requests ever in flight at once
 */
public record PodView(
    Pod pod, boolean ready, boolean ejected, int inFlight, int cap, int inFlightMax) {}
