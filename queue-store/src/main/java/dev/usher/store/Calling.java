package dev.usher.store;

/**
 * What a step of calling found and did.
 *
 * @param leads false when the lease was stale: nothing was done
 * @param sessions sessions of all rooms of the upstream
 * @param offers places kept free for visitors already called, those of this step included
 * @param called visitors called at this step
 */
public record Calling(boolean leads, long sessions, long offers, long called) {}
