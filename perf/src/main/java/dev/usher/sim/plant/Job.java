package dev.usher.sim.plant;

import java.util.function.Consumer;

/** A request on a pod. */
final class Job implements Comparable<Job> {
  /** How it ended for the pod. */
  final Consumer<JobEnd> ended;

  /** What the pod has attained of every request, by which this one is done. */
  final double finish;

  private final long sequence;

  Job(double finish, long sequence, Consumer<JobEnd> ended) {
    this.finish = finish;
    this.sequence = sequence;
    this.ended = ended;
  }

  // The order of jobs is no equality: two that end at the same moment are two.
  @SuppressWarnings("ComparableType")
  @Override
  public int compareTo(Job other) {
    int byFinish = Double.compare(finish, other.finish);
    return byFinish != 0 ? byFinish : Long.compare(sequence, other.sequence);
  }
}
