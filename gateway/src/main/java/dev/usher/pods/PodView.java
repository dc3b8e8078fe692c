package dev.usher.pods;

import org.jspecify.annotations.Nullable;

/**
 * One pod as it stands now.
 *
 * @param pod the pod
 * @param ready whether it is in the set
 * @param outWhy why failed requests put it out, if it has not come back; null where it is not out
 * @param ejectedForMillis how long it stays out at least, as of the last tick; 0 when a probe that
 *     succeeds brings it back at once
 * @param inFlight requests in flight from this replica
 * @param cap most requests it may have in flight, from all replicas
 * @param share most requests it may have in flight from this replica
 * @param inFlightMax most requests ever in flight at once
 * @param life a number that rises when the pod is started anew, as far as is known
 * @param trust the part of its turns that it gets of those that it would have, 1 when it is well
 * @param warmth share of a warm pod's work that it is given, 0 to 1; 1 before the first tick
 * @param served requests that it answered in this life
 * @param lately how it answered this replica lately
 * @param beyondMillis for how long it had more in flight from this replica than its share, as of
 *     the last tick
 * @param metUnready whether it was listed at the start and was not ready when it was first asked,
 *     so that nothing says that it served before
 * @param traits what else is known of it
 * @param said what its last probe came to, or what Kubernetes said of it last; null before the
 *     first word
 */
public record PodView(
    Pod pod,
    boolean ready,
    @Nullable String outWhy,
    long ejectedForMillis,
    int inFlight,
    int cap,
    int share,
    int inFlightMax,
    int life,
    double trust,
    double warmth,
    long served,
    Answers lately,
    long beyondMillis,
    boolean metUnready,
    PodTraits traits,
    @Nullable String said) {
  /** Whether failed requests put it out, and it has not come back. */
  public boolean ejected() {
    return outWhy != null;
  }

  /**
   * How a pod answered.
   *
   * @param count its answers
   * @param failed requests that it failed
   * @param micros how long its answers took together, to their first byte
   */
  public record Answers(long count, long failed, long micros) {
    public static final Answers NONE = new Answers(0, 0, 0);

    public Answers since(Answers earlier) {
      return new Answers(count - earlier.count, failed - earlier.failed, micros - earlier.micros);
    }

    /** How long one took to its first byte, in the mean; NaN when there was none. */
    public double seconds() {
      return count <= 0 ? Double.NaN : micros / (1e6 * count);
    }

    /** Of its requests, the share that it failed; NaN when there was none. */
    public double failedShare() {
      return count + failed <= 0 ? Double.NaN : failed / (double) (count + failed);
    }
  }
}
