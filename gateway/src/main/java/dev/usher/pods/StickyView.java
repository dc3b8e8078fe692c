package dev.usher.pods;

/**
 * What it comes to that sessions stay with their pods.
 *
 * @param sticky whether they do
 * @param holding requests that wait for the very pod of their session now
 * @param moved sessions that moved to another pod, since the start
 * @param refused requests that no other pod might have, since the start
 */
public record StickyView(Sticky sticky, int holding, long moved, long refused) {}
