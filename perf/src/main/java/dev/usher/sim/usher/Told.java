package dev.usher.sim.usher;

import dev.usher.room.Decision;

/**
 * What a visitor at the door was told, and by whom.
 *
 * @param decision what they were told
 * @param seat by which replica, from 0
 * @param view how old the line was that it answered from, in seconds
 */
public record Told(Decision decision, int seat, double view) {}
