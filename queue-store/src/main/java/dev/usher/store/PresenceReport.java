package dev.usher.store;

/**
 * Visitors of one queue that a replica saw since it last told the store.
 *
 * @param epoch the epoch of their places
 * @param lane their lane
 * @param waiting numbers of those who wait
 * @param inside numbers of those in session
 */
public record PresenceReport(long epoch, int lane, Bits waiting, Bits inside) {}
