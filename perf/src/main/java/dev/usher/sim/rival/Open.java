package dev.usher.sim.rival;

import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.FrontGate;
import dev.usher.sim.gate.GateAnswer;
import dev.usher.sim.gate.Reading;
import dev.usher.sim.gate.SimRequest;
import dev.usher.sim.gate.World;
import java.util.function.Consumer;

/** No gate at all: whoever comes is sent to any pod. */
public class Open implements FrontGate {
  final World world;
  final Behind behind;

  public Open(World world) {
    this.world = world;
    this.behind = new Behind(world);
  }

  @Override
  public void knock(Caller caller, Consumer<GateAnswer> told) {
    told.accept(GateAnswer.COME_IN);
  }

  @Override
  public boolean isCalled(Caller caller) {
    return false;
  }

  @Override
  public void send(Caller caller, SimRequest request) {
    behind.send(request, answered -> {});
  }

  @Override
  public void leave(Caller caller) {}

  @Override
  public Reading reading() {
    return Reading.NOTHING;
  }
}
