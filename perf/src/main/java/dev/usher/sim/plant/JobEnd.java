package dev.usher.sim.plant;

/** How a request ended on a pod. */
public enum JobEnd {
  /** The pod answered. */
  ANSWERED,
  /** The pod answered that something is wrong with it. */
  FAILED,
  /** There was no pod to connect to. */
  NOT_CONNECTED,
  /** The pod died under it. */
  BROKEN
}
