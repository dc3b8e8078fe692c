package dev.usher.pods;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a pod besides its readiness.
 *
 * @param node the node it runs on; null when unknown
 * @param zone the zone of that node; null when unknown
 * @param template the version of the pod, different for pods of another version; null when unknown
 * @param sessions sessions that it bears; 0 for as many as its upstream declares
 * @param near whether it is preferred for being in this replica's zone
 */
public record PodTraits(
    @Nullable String node,
    @Nullable String zone,
    @Nullable String template,
    int sessions,
    boolean near) {
  public static final PodTraits NONE = new PodTraits(null, null, null, 0, false);
}
