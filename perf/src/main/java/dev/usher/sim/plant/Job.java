package dev.usher.sim.plant;

import java.util.function.Consumer;

/** A request on a pod. */
final class Job implements Comparable<Job> {
  /** Called with how it ended for the pod. */
  final Consumer<JobEnd> ended;

  /** The work per request that the pod must have reached for this one to be done. */
  final double finish;

  private final long sequence;

  Job(double finish, long sequence, Consumer<JobEnd> ended) {
    this.finish = finish;
    this.sequence = sequence;
    this.ended = ended;
  }

  // The order of jobs is not equality: two that end at the same moment are still two.
  @SuppressWarnings("ComparableType")
  @Override
  public int compareTo(Job other) {
    int byFinish = Double.compare(finish, other.finish);
    return byFinish != 0 ? byFinish : Long.compare(sequence, other.sequence);
  }
}
