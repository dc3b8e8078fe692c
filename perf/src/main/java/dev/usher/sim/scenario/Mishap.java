package dev.usher.sim.scenario;

import dev.usher.sim.plant.PodCluster;
import dev.usher.sim.time.Chance;
import dev.usher.sim.usher.UsherGate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens to the pods or the replicas.
 *
 * @param at when, in seconds after the opening
 * @param strikes what happens
 */
record Mishap(double at, Consumer<Site> strikes) {
  /**
   * What it may affect.
   *
   * @param usher null in a run of another gate
   */
  record Site(PodCluster cluster, @Nullable UsherGate usher, Chance chance) {}
}
