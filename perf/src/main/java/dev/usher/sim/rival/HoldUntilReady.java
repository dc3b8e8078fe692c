package dev.usher.sim.rival;

import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.Reading;
import dev.usher.sim.gate.SimRequest;
import dev.usher.sim.gate.World;
import java.util.ArrayDeque;
import java.util.Deque;

/** Holds requests while no pod is ready, and lets all of them go as soon as one is. */
public final class HoldUntilReady extends Open {
  private static final double LOOK_SECONDS = 0.1;

  private final Deque<SimRequest> held = new ArrayDeque<>();

  public HoldUntilReady(World world) {
    super(world);
    world.timeline().every(LOOK_SECONDS, LOOK_SECONDS, this::release);
  }

  @Override
  public void send(Caller caller, SimRequest request) {
    if (behind.ready().isEmpty()) {
      held.add(request);
    } else {
      super.send(caller, request);
    }
  }

  private void release() {
    while (!held.isEmpty() && !behind.ready().isEmpty()) {
      SimRequest next = held.removeFirst();
      if (!next.isOver()) {
        behind.send(next, answered -> {});
      }
    }
  }

  @Override
  public Reading reading() {
    return Reading.of(held.size(), 0);
  }
}
