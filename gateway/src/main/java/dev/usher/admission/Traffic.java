package dev.usher.admission;

/**
 * The requests that one replica sent to an upstream, counted since it started, short ones only:
 * streams, WebSockets and uploads say nothing about how busy the pods are.
 *
 * @param first requests of sessions in their first five seconds
 * @param settled requests of older sessions
 * @param roomless requests without a session: bypassed, or outside every room
 * @param errors those of all these that were answered 5xx, or not in time; a connection refused or
 *     broken is the pod's matter, see {@code OutlierEjection}
 * @param answers how long the first byte took, from the end of the request's head
 * @param inFlight requests without a first byte now
 * @param saturation the highest X-Capacity-Saturation that any pod said of itself lately, 0 if none
 */
public record Traffic(
    long first,
    long settled,
    long roomless,
    long errors,
    Latencies answers,
    int inFlight,
    double saturation) {
  /** Nothing has been sent yet. */
  public static final Traffic NONE = new Traffic(0, 0, 0, 0, Latencies.NONE, 0, 0);

  /**
   * One pod's part of the traffic.
   *
   * @param errors as in the whole
   * @param answers as in the whole
   * @param saturation as in the whole
   */
  public record Part(long errors, Latencies answers, double saturation) {
    public static final Part NONE = new Part(0, Latencies.NONE, 0);

    public long requests() {
      return errors + answers.count();
    }
  }

  /** Requests of all kinds. */
  public long requests() {
    return first + settled + roomless;
  }
}
