package dev.usher.sim.scenario;

/** What an autoscaler follows beside the processor. */
enum ScaledBy {
  /** An operator's own rule on the room's figures; Usher's number if it was told of a sale. */
  RULE,

  /** Nothing. */
  NOTHING,

  /** What Usher says. */
  SIGNAL
}
