package dev.usher.pods;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a pod besides its readiness.
 *
 * @param node the node it runs on; null when unknown
 * @param zone the zone of that node; null when unknown
 * @param template tells pods of one version from those of another; null when unknown
 * @param sessions sessions that it bears, 0 for as many as declared for its upstream
 * @param near whether it is in this replica's zone, and to be preferred for that
 */
public record PodTraits(
    @Nullable String node,
    @Nullable String zone,
    @Nullable String template,
    int sessions,
    boolean near) {
  public static final PodTraits NONE = new PodTraits(null, null, null, 0, false);
}
