package dev.usher.pods;

import dev.usher.store.upstream.SlotDecay;
import java.util.Map;

/**
 * What this replica has on the pods of an upstream now.
 *
 * @param inFlight requests in flight, by the pod's name
 * @param holding requests that wait for a slot
 * @param stays how much of what is in flight will still be in flight a while later
 */
public record Load(Map<String, Integer> inFlight, int holding, SlotDecay stays) {
  public static final Load NONE = new Load(Map.of(), 0, SlotDecay.UNKNOWN);

  public Load {
    inFlight = Map.copyOf(inFlight);
  }

  public long demand() {
    return holding + inFlight.values().stream().mapToLong(Integer::longValue).sum();
  }
}
