package dev.usher.sim.usher;

import dev.usher.sim.gate.Declared;
import java.util.List;

/**
 * How Usher is set up.
 *
 * @param declared what its operator told it of one pod
 * @param weights the rooms, by their weights
 * @param proven whether these pods have carried such a load before
 * @param learnUpTo by how much more than declared may be tried at a time; 1 for not at all
 * @param replicas its replicas
 */
public record UsherOptions(
    Declared declared,
    List<Integer> weights,
    boolean proven,
    double learnUpTo,
    List<ReplicaOptions> replicas) {

  /**
   * One replica.
   *
   * @param skewMillis how far its clock is ahead
   * @param telling whether it tells the others what it sees; else nothing of it reaches them
   */
  public record ReplicaOptions(long skewMillis, boolean telling) {
    /** As it should be. */
    public static final ReplicaOptions GOOD = new ReplicaOptions(0, true);
  }
}
