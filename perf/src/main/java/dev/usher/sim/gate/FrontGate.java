package dev.usher.sim.gate;

import java.util.function.Consumer;

/** What stands between the visitors and the pods. */
public interface FrontGate {
  /** Somebody comes to the door, for the first time or again. */
  void knock(Caller caller, Consumer<GateAnswer> told);

  /** An admitted visitor's request: it is answered in every case, and once. */
  void send(Caller caller, SimRequest request);

  /** Somebody who waits gives up the place, or a session ends, and says so. */
  void leave(Caller caller);

  /** Whether the turn of somebody who waits has come, and they need only knock. */
  boolean isCalled(Caller caller);

  /** What the gate says of itself now. */
  Reading reading();
}
