package dev.usher.pods;

/** Leave to have one request in flight on one pod. Given back exactly once. */
public interface Slot {
  /** Where to send the request. */
  Pod pod();

  /**
   * Says that the pod begins to answer. Only the first word counts, and none after {@link
   * #runsLong}.
   *
   * @param micros time since the head of the request was sent, in microseconds
   * @param status the answer's status
   * @param saturation how full the pod says it is, 0 to 1 and beyond; 0 if it says nothing
   */
  void firstByte(long micros, int status, double saturation);

  /**
   * Says, instead of the first byte, that the request is a long one: it no longer counts among
   * those that wait for an answer, and how it goes on is not measured.
   */
  void runsLong();

  /**
   * Says that the request is a stream, which may hold the slot for long.
   *
   * @return whether streams may hold one more; if not, the request must not go on
   */
  boolean streams();

  /** Gives the slot back, and says how the request went. A second time is harmless. */
  void giveBack(Outcome outcome);

  /** How a request to a pod ended. */
  enum Outcome {
    /** The pod answered, whatever it said. */
    ANSWERED,
    /** No connection, or none in time. */
    CONNECT_FAILED,
    /** Connected, but no answer in time. */
    TIMED_OUT,
    /** The connection broke before the answer was whole. */
    BROKEN,
    /** The visitor went away first. */
    CANCELLED
  }
}
