package dev.usher.sim.gate;

import java.util.function.Consumer;

/** What stands between the visitors and the pods. */
public interface FrontGate {
  /** A visitor comes to the door, for the first time or again. */
  void knock(Caller caller, Consumer<GateAnswer> told);

  /** An admitted visitor's request, which is always answered exactly once. */
  void send(Caller caller, SimRequest request);

  /** A waiting visitor explicitly gives up their place, or ends their session. */
  void leave(Caller caller);

  /** Whether a waiting visitor's turn has come, so that they need only knock. */
  boolean isCalled(Caller caller);

  /** What the gate reports about itself now. */
  Reading reading();
}
