package dev.usher.sim.gate;

import dev.usher.sim.plant.PodCluster;
import dev.usher.sim.time.Chance;
import dev.usher.sim.time.Journal;
import dev.usher.sim.time.Timeline;

/**
 * Where a gate stands.
 *
 * @param timeline virtual time
 * @param cluster the pods behind it
 * @param journal what happens is noted here
 * @param chance the gate's own
 */
public record World(Timeline timeline, PodCluster cluster, Journal journal, Chance chance) {}
