package dev.usher.store.upstream;

import java.util.Map;

/**
 * Who may have which slots from now on.
 *
 * @param basis what this was decided from; refused when the grants have changed since
 * @param slots what each replica may have
 * @param forgotten replicas that are gone, with the time of their last report; refused when one of
 *     them has reported since
 * @param replicas live replicas
 */
public record Grants(
    Sharing basis, Map<String, Slots> slots, Map<String, Long> forgotten, int replicas) {
  public Grants {
    slots = Map.copyOf(slots);
    forgotten = Map.copyOf(forgotten);
  }
}
