package dev.usher.sim.scenario;

/** A way to have the pods that a crowd needs, from what most have today on. */
public enum ScaleWay {
  HPA("HPA alone", GateKind.NO_GATE, ScaledBy.NOTHING),
  CPU("Usher, the same HPA", GateKind.USHER, ScaledBy.NOTHING),
  SIGNAL("Usher, signal", GateKind.USHER, ScaledBy.SIGNAL),
  SCHEDULE("Usher, schedule", GateKind.USHER, ScaledBy.SIGNAL);

  private final String title;
  private final GateKind gate;
  private final ScaledBy by;

  ScaleWay(String title, GateKind gate, ScaledBy by) {
    this.title = title;
    this.gate = gate;
    this.by = by;
  }

  public String title() {
    return title;
  }

  /** Who stands before the pods. */
  public GateKind gate() {
    return gate;
  }

  ScaledBy by() {
    return by;
  }

  /** Whether the pods are to come in time for everybody to be served. */
  public boolean servesAll() {
    return by == ScaledBy.SIGNAL;
  }
}
