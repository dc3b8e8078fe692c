package dev.usher.sim.usher;

import dev.usher.sim.gate.DeclaredBefore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How Usher is set up.
 *
 * @param declared what its operator declared for one pod
 * @param weights the rooms, by their weights
 * @param proven whether these pods have proven what is declared
 * @param learnUpTo by how much more than declared may be tried at a time; 1 for not at all
 * @param replicas its replicas
 * @param listed whether its pods are listed, so that only its probes tell about them
 * @param sale what it is told of before; null for nothing
 * @param calls whether it warms cold pods by calls of its own
 * @param podStart how long its operator says that a pod takes to start, in seconds; 0 where nobody
 *     asks for pods
 */
public record UsherOptions(
    DeclaredBefore declared,
    List<Integer> weights,
    boolean proven,
    double learnUpTo,
    List<ReplicaOptions> replicas,
    boolean listed,
    @Nullable SimSale sale,
    boolean calls,
    double podStart) {
  /** Where no autoscaler asks how many pods there should be. */
  public static final double NOBODY_ASKS = 0;

  /** How long after its start a pod is taken to serve: what an operator sees and rounds up. */
  public static final double SEEN_LATER_SECONDS = 20;

  /** With pods known from Kubernetes. */
  public UsherOptions(
      DeclaredBefore declared,
      List<Integer> weights,
      boolean proven,
      double learnUpTo,
      List<ReplicaOptions> replicas) {
    this(declared, weights, proven, learnUpTo, replicas, false, null, false, NOBODY_ASKS);
  }

  /**
   * One replica.
   *
   * @param skewMillis how far its clock is ahead
   * @param telling whether it tells the others what it sees; otherwise they learn nothing from it
   * @param storeSeconds mean time until the store has answered it
   * @param loss share of its signals that are lost: probes, and what its loops ask the store
   */
  public record ReplicaOptions(long skewMillis, boolean telling, double storeSeconds, double loss) {
    /** A healthy replica. */
    public static final ReplicaOptions GOOD = new ReplicaOptions(0, true, 0, 0);

    /** Healthy except for its clock. */
    public static ReplicaOptions ahead(long millis) {
      return new ReplicaOptions(millis, true, 0, 0);
    }

    /** With a clock this far ahead, and unheard by the others. */
    public static ReplicaOptions mute(long millis) {
      return new ReplicaOptions(millis, false, 0, 0);
    }

    /** Behind a network that is slow and loses signals. */
    public static ReplicaOptions distant(double seconds, double loss) {
      return new ReplicaOptions(0, true, seconds, loss);
    }
  }
}
