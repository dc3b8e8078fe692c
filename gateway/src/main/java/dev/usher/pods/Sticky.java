package dev.usher.pods;

/** Whether the requests of a session go to the same pod. */
public enum Sticky {
  /** Each goes to a pod that has room. */
  OFF,
  /** They do while that pod is ready and has room in time; then the session moves for good. */
  PREFER,
  /** They do as long as there is that pod; who cannot get there in time is refused. */
  REQUIRE
}
