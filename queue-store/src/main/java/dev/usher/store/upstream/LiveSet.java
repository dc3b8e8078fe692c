package dev.usher.store.upstream;

/**
 * What became of a change of what is set for a room.
 *
 * @param done whether it was made; otherwise the caller believed something that was not so any more
 * @param stands what stands now
 */
public record LiveSet(boolean done, LiveState stands) {}
