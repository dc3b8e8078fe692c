package dev.usher.sim.rival;

import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.GateAnswer;
import dev.usher.sim.gate.Reading;
import dev.usher.sim.gate.World;
import java.util.function.Consumer;

/**
 * A waiting room with a rate that somebody configured: a fixed number of visitors per second, come
 * what may.
 */
public final class FixedRate extends Open {
  private static final double STEP_SECONDS = 0.2;
  private static final double POLL_MIN = 1;
  private static final double POLL_MAX = 20;

  private final double perSecond;
  private double called;
  private long issued;

  /**
   * A room.
   *
   * @param perSecond visitors let in per second
   */
  public FixedRate(World world, double perSecond) {
    super(world);
    this.perSecond = perSecond;
    world.timeline().every(STEP_SECONDS, STEP_SECONDS, this::call);
  }

  private void call() {
    // Credit does not accumulate while nobody waits.
    called = Math.min(Math.max(called, (double) issued), called + perSecond * STEP_SECONDS);
  }

  @Override
  public void knock(Caller caller, Consumer<GateAnswer> told) {
    if (caller.turn == 0) {
      caller.turn = ++issued;
    }
    if (caller.turn <= called) {
      told.accept(GateAnswer.COME_IN);
    } else {
      double turnIn = (caller.turn - called) / perSecond;
      told.accept(GateAnswer.waitFor(Math.min(POLL_MAX, Math.max(POLL_MIN, turnIn / 4))));
    }
  }

  @Override
  public boolean isCalled(Caller caller) {
    return caller.turn > 0 && caller.turn <= called;
  }

  @Override
  public Reading reading() {
    return Reading.of(Math.max(0, issued - called), 0);
  }
}
