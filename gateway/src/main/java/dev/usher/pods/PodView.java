package dev.usher.pods;

import org.jspecify.annotations.Nullable;

/**
 * One pod as it stands now.
 *
 * @param pod the pod
 * @param ready whether it is in the set
 * @param outWhy why failed requests put it out, if it has not come back; null if it is not out
 * @param ejectedForMillis how much longer it stays out at least, as of the last tick; 0 if a
 *     successful probe brings it back at once
 * @param inFlight requests in flight from this replica
 * @param cap most requests it may have in flight, from all replicas
 * @param share most requests it may have in flight from this replica
 * @param inFlightMax most requests ever in flight at once
 * @param life a number that rises when the pod is restarted, as far as is known
 * @param trust the part of its turns that it gets, 1 when it is well
 * @param warmth share of a warm pod's work that it is given, from 0 to 1; 1 before the first tick
 * @param served requests that it answered in this life
 * @param lately how it has answered this replica lately
 * @param beyondMillis how long it has had more in flight from this replica than its share, as of
 *     the last tick
 * @param metUnready whether it was listed at the start and was not ready when it was first asked,
 *     so that nothing shows that it served before
 * @param traits what else is known of it
 * @param said the result of its last probe, or what Kubernetes said of it last; null before the
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
   * @param micros the sum of the times to their first bytes
   */
  public record Answers(long count, long failed, long micros) {
    public static final Answers NONE = new Answers(0, 0, 0);

    public Answers since(Answers earlier) {
      return new Answers(count - earlier.count, failed - earlier.failed, micros - earlier.micros);
    }

    /** Mean time to the first byte; NaN without an answer. */
    public double seconds() {
      return count <= 0 ? Double.NaN : micros / (1e6 * count);
    }

    /** Share of its requests that it failed; NaN without a request. */
    public double failedShare() {
      return count + failed <= 0 ? Double.NaN : failed / (double) (count + failed);
    }
  }
}
