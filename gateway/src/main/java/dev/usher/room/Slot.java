package dev.usher.room;

/** Leave to have one request in flight on one pod. Given back exactly once. */
public interface Slot {
  /** Where to send the request. */
  Pod pod();

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
