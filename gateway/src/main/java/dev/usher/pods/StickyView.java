package dev.usher.pods;

/**
 * The effect of sessions' staying with their pods.
 *
 * @param sticky whether they do
 * @param holding requests that now wait for the very pod of their session
 * @param moved sessions that moved to another pod, since the start
 * @param refused requests that no other pod was allowed to take, since the start
 */
public record StickyView(Sticky sticky, int holding, long moved, long refused) {}
