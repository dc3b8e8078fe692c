package dev.usher.room;

/** Leave to have one request in flight on one pod. Given back exactly once. */
public interface Slot {
  /** Where to send the request. */
  Pod pod();

  /**
   * Says that the pod begins to answer. To be said once at most, and not of long requests.
   *
   * @param micros time since the head of the request was sent, in microseconds
   * @param status the answer's status
   * @param saturation how full the pod says it is, 0 to 1 and beyond; 0 if it says nothing
   */
  void firstByte(long micros, int status, double saturation);

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
