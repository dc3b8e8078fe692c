package dev.usher.sim.scenario;

/** The gates that are compared. */
public enum GateKind {
  USHER("Usher", "its own classes, the pods declared as they are"),
  NO_GATE("no gate", "a load balancer before all ready pods"),
  HOLD("hold until ready", "requests held while no pod is ready, then all sent"),
  CONCURRENCY(
      "requests per pod",
      "10 requests in flight a pod, the rest in one queue; its own autoscaler by requests"),
  FIXED_RATE("fixed rate", "25 visitors a second, typed in; nothing known of pods"),
  AIMD("AIMD limiter", "requests in flight limited by failures and responses beyond 1 s"),
  GRADIENT("gradient limiter", "requests in flight limited by the gradient of latency");

  private final String title;
  private final String how;

  GateKind(String title, String how) {
    this.title = title;
    this.how = how;
  }

  public String title() {
    return title;
  }

  /**
   * Whether visitors wait before they are let in; otherwise they are in, and their requests wait.
   */
  boolean keepsALine() {
    return this == USHER || this == FIXED_RATE;
  }

  /** How it is modelled, in a few words. */
  public String how() {
    return how;
  }
}
