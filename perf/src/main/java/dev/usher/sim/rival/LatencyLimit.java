package dev.usher.sim.rival;

import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.Reading;
import dev.usher.sim.gate.SimRequest;
import dev.usher.sim.gate.World;

/**
 * A limit on requests in flight on all pods together, found from how long they take; what is beyond
 * it is refused at once. It knows no sessions.
 */
public final class LatencyLimit extends Open {
  private final Rule rule;
  private int inFlight;

  /** How the limit follows from what was measured. */
  public interface Rule {
    /** A request ended after so many seconds, with so many in flight when it began. */
    void ended(double seconds, int inFlight, boolean answered);

    double limit();
  }

  public LatencyLimit(World world, Rule rule) {
    super(world);
    this.rule = rule;
  }

  @Override
  public void send(Caller caller, SimRequest request) {
    if (inFlight >= rule.limit()) {
      request.end(SimRequest.End.REFUSED);
      return;
    }
    int before = ++inFlight;
    double began = world.timeline().seconds();
    behind.send(
        request,
        answered -> {
          inFlight--;
          rule.ended(world.timeline().seconds() - began, before, answered);
        });
  }

  @Override
  public Reading reading() {
    return Reading.of(0, 0);
  }
}
