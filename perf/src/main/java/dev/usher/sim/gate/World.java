package dev.usher.sim.gate;

import dev.usher.sim.plant.PodCluster;
import dev.usher.sim.time.Chance;
import dev.usher.sim.time.Journal;
import dev.usher.sim.time.Timeline;

/**
 * The world around a gate.
 *
 * @param timeline virtual time
 * @param cluster the pods behind it
 * @param journal records what happens
 * @param chance the gate's own randomness
 */
public record World(Timeline timeline, PodCluster cluster, Journal journal, Chance chance) {}
