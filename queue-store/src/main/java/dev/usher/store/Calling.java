package dev.usher.store;

/**
 * What a step of calling found and did.
 *
 * @param leads false when the lease was stale: nothing was done
 * @param sessions sessions of all rooms of the upstream
 * @param offers offered places not claimed yet, those of this step included, and visitors who ask
 *     for one after a missed turn; more than are kept free where places are offered twice
 * @param called visitors called at this step
 */
public record Calling(boolean leads, long sessions, long offers, long called) {}
