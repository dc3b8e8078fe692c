package dev.usher.sim.usher;

import dev.usher.room.Decision;
import dev.usher.room.Intent;
import dev.usher.room.Room;
import dev.usher.room.Visitor;
import dev.usher.sim.gate.Answer;
import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.World;
import dev.usher.token.Ticket;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One visit of somebody who is not admitted yet, carried out as the edge does it. Its answers say
 * nothing.
 */
final class Knock implements Decision.Answers<Boolean> {
  private final World world;
  private final Room room;
  private final Caller caller;
  private final long now;
  private final Consumer<Answer> told;

  // Rule zero: what there is to know of one visit; its record would be this class.
  Knock(World world, Room room, Caller caller, long now, Consumer<Answer> told) {
    this.world = world;
    this.room = room;
    this.caller = caller;
    this.now = now;
    this.told = told;
  }

  void begin() {
    Boolean unused =
        room.decide(new Visitor(Intent.NAVIGATE, caller.inLine, null), now).answer(this);
  }

  @Override
  public Boolean admit(Decision.Admit d) {
    if (caller.pass != null) {
      throw world.journal().broken("nobody is admitted twice, but was: " + d.pass().place());
    }
    caller.pass = d.pass();
    caller.inLine = null;
    told.accept(Answer.COME_IN);
    return true;
  }

  @Override
  public Boolean keepWaiting(Decision.Wait d) {
    if (caller.inLine instanceof Ticket before && d.ahead() > before.lastShown()) {
      throw world
          .journal()
          .broken("no position rises, but did from " + before + " to " + d.ahead());
    }
    caller.inLine = d.inLine();
    told.accept(Answer.waitFor(d.askAgainMillis() / 1000.0));
    return true;
  }

  @Override
  public Boolean turnAway(Decision.TurnAway d) {
    told.accept(Answer.REFUSED);
    return true;
  }

  @Override
  public Boolean takeNumber(Decision.TakeNumber d) {
    if (caller.inLine != null && d.standsBy() == null) {
      throw world.journal().broken("nobody is lost, but this one was: " + caller.inLine);
    }
    return when(room.number(d, now));
  }

  @Override
  public Boolean claimPlace(Decision.ClaimPlace d) {
    return when(room.claim(d.ticket(), Intent.NAVIGATE, now));
  }

  private Boolean when(CompletionStage<Decision> asked) {
    CompletionStage<Boolean> unused =
        asked.handle(
            (decision, failure) -> {
              if (decision == null) {
                world.journal().fail(new IllegalStateException("A visit failed", failure));
                return false;
              }
              return decision.answer(this);
            });
    return true;
  }
}
