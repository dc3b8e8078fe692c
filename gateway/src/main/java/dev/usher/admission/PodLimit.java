package dev.usher.admission;

import org.jspecify.annotations.Nullable;

/**
 * What one pod may be given.
 *
 * @param pod its name
 * @param warmth share of a warm pod's work it can do, 0 if it may get none, 1 when warm
 * @param cap most requests in flight from all replicas, 0 if it may get none
 * @param share most requests in flight from this replica, at most the cap
 * @param lateMicros time to the first byte beyond which an answer is late, in microseconds
 * @param trust the part of its turns that it gets, 1 while it is well
 * @param illSeconds how long it has been ill, 0 while it is well
 * @param warming what it still lacks; null if it is warm, or may get none
 * @param calls calls a second by which the leader warms it, 0 for none; while it may also get no
 *     visitor's request it is held back until it is warm
 */
public record PodLimit(
    String pod,
    double warmth,
    int cap,
    int share,
    long lateMicros,
    double trust,
    double illSeconds,
    @Nullable Warming warming,
    double calls) {
  /** The limit of a pod that is not called. */
  // Rule zero: the whole without its last part.
  public PodLimit(
      String pod,
      double warmth,
      int cap,
      int share,
      long lateMicros,
      double trust,
      double illSeconds,
      @Nullable Warming warming) {
    this(pod, warmth, cap, share, lateMicros, trust, illSeconds, warming, 0);
  }

  /** The limit for a single replica, which has all of the cap; no answer counts as late. */
  public PodLimit(String pod, double warmth, int cap) {
    this(pod, warmth, cap, cap);
  }

  /** A limit with which no answer counts as late. */
  public PodLimit(String pod, double warmth, int cap, int share) {
    this(pod, warmth, cap, share, Long.MAX_VALUE, 1, 0, null);
  }

  /** The limit for a replica that has this many slots of the pod. */
  public PodLimit sharedAs(int slots) {
    return new PodLimit(
        pod, warmth, cap, Math.min(cap, slots), lateMicros, trust, illSeconds, warming, calls);
  }

  /** Whether nothing more is done to warm it before visitors come. */
  public boolean isWarmedEnough() {
    return warmth > 0 && calls == 0;
  }

  /** Whether it gets no visitors because it is warmed first. */
  public boolean isHeld() {
    return cap == 0 && calls > 0;
  }
}
