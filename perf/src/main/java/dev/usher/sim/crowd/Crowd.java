package dev.usher.sim.crowd;

/**
 * Visitors who come together.
 *
 * @param room the room they come to, from 0
 * @param visitors how many
 * @param from when the first may come, in seconds after the opening
 * @param over in so many seconds, evenly
 */
public record Crowd(int room, int visitors, double from, double over) {}
