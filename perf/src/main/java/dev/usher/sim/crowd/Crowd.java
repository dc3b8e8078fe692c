package dev.usher.sim.crowd;

/**
 * Visitors who come as one crowd.
 *
 * @param room the room they come to, from 0
 * @param visitors how many
 * @param from when the first may come, in seconds after the opening
 * @param over the time over which they come, evenly, in seconds
 */
public record Crowd(int room, int visitors, double from, double over) {}
