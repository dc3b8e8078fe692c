package dev.usher.sim.rival;

import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.Reading;
import dev.usher.sim.gate.SimRequest;
import dev.usher.sim.gate.World;

/**
 * A limit on requests in flight on all pods together, derived from how long they take; further ones
 * are refused at once. It does not know sessions.
 */
public final class LatencyLimit extends Open {
  private final Rule rule;
  private int inFlight;

  /** How the limit follows from what was measured. */
  public interface Rule {
    /** A request ended after this many seconds; this many were in flight when it began. */
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
