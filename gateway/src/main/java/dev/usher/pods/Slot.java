package dev.usher.pods;

/** Permission to have one request in flight on one pod. Given back exactly once. */
public interface Slot {
  /** The pod to send the request to. */
  Pod pod();

  /**
   * Notes that the pod begins to answer. Only the first call counts, and none after {@link
   * #runsLong}.
   *
   * @param micros time since the head of the request was sent, in microseconds
   * @param status the answer's status
   * @param saturation how full the pod says it is, from 0 to 1 and beyond; 0 if it does not say
   */
  void firstByte(long micros, int status, double saturation);

  /**
   * Notes, instead of the first byte, that the request is a long one: it no longer counts among
   * those that wait for an answer, and the rest of it is not measured.
   */
  void runsLong();

  /**
   * Notes that the request is a stream, which may hold the slot for a long time.
   *
   * @return whether streams may hold one more slot; if not, the request must not go on
   */
  boolean streams();

  /** Gives the slot back, with the outcome of the request. A second call is harmless. */
  void giveBack(Outcome outcome);

  /** How a request to a pod ended. */
  enum Outcome {
    /** The pod answered, whatever the status. */
    ANSWERED,
    /** No connection, or none in time. */
    CONNECT_FAILED,
    /** There was a connection, but no answer in time. */
    TIMED_OUT,
    /** The connection broke before the answer was complete. */
    BROKEN,
    /** The visitor went away first. */
    CANCELLED
  }
}
