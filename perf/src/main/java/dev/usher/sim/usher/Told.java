package dev.usher.sim.usher;

import dev.usher.room.Decision;

/**
 * What somebody at the door was told, and by whom.
 *
 * @param decision what
 * @param seat by which replica, from 0
 * @param view how old the line was by which it answered, in seconds
 */
public record Told(Decision decision, int seat, double view) {}
