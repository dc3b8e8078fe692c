package dev.usher.pods;

/** Whether the requests of a session go to the same pod. */
public enum Sticky {
  /** Each request goes to a pod that has room. */
  OFF,
  /** They do while that pod is ready and has room in time; otherwise the session moves for good. */
  PREFER,
  /** They do as long as the pod exists; a request that cannot get there in time is refused. */
  REQUIRE
}
