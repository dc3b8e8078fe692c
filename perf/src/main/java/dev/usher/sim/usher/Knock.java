package dev.usher.sim.usher;

import dev.usher.room.Decision;
import dev.usher.room.Intent;
import dev.usher.room.Room;
import dev.usher.room.Visitor;
import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.World;
import dev.usher.token.InLine;
import dev.usher.token.Ticket;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One visit to the door by somebody who is not admitted yet, carried out as the edge does it. The
 * Booleans it answers with mean nothing.
 */
final class Knock implements Decision.Answers<Boolean> {
  /** What is reported while there is no position. */
  private static final long NOBODY_KNOWS = Long.MAX_VALUE;

  private final World world;
  private final Replica replica;
  private final Room room;
  private final Caller caller;
  private final Consumer<Decision> told;
  private final @Nullable InLine shown;
  private final int which;

  /** Of what the caller carries now. */
  Knock(World world, Replica replica, Caller caller, Consumer<Decision> told) {
    this.world = world;
    this.replica = replica;
    this.room = replica.room(caller.room());
    this.caller = caller;
    this.told = told;
    this.shown = caller.inLine;
    this.which = ++caller.knocks;
  }

  void begin() {
    Boolean unused =
        room.decide(new Visitor(Intent.NAVIGATE, shown, null), replica.now()).answer(this);
  }

  /** A visitor who has knocked again elsewhere since then does not hear the answer. */
  private boolean isHeard() {
    return caller.knocks == which;
  }

  @Override
  public Boolean admit(Decision.Admit d) {
    if (!isHeard()) {
      return false;
    }
    if (caller.pass != null) {
      throw world.journal().broken("nobody is admitted twice, but was: " + d.pass().place());
    }
    caller.pass = d.pass();
    caller.inLine = null;
    told.accept(d);
    return true;
  }

  /** Nobody bypasses the room here: all visitors go to pages. */
  @Override
  public Boolean passBy(Decision.PassBy d) {
    throw world.journal().broken("a visitor has a session or none, but went by: " + d);
  }

  @Override
  public Boolean resume(Decision.Resume d) {
    return when(room.resume(d, replica.now()));
  }

  @Override
  public Boolean keepWaiting(Decision.Wait d) {
    if (!isHeard()) {
      return false;
    }
    if (shown instanceof Ticket before
        && d.ahead() != NOBODY_KNOWS
        && d.ahead() > before.lastShown()) {
      throw world
          .journal()
          .broken("no position rises, but did from " + before + " to " + d.ahead());
    }
    caller.inLine = d.inLine();
    told.accept(d);
    return true;
  }

  @Override
  public Boolean turnAway(Decision.TurnAway d) {
    if (isHeard()) {
      told.accept(d);
    }
    return true;
  }

  @Override
  public Boolean takeNumber(Decision.TakeNumber d) {
    if (shown != null && d.standsBy() == null) {
      // Their place has become worthless: the caller knows whether that may happen.
      if (isHeard()) {
        told.accept(d);
      }
      return true;
    }
    return when(room.number(d, replica.now()));
  }

  @Override
  public Boolean claimPlace(Decision.ClaimPlace d) {
    return when(room.claim(d.ticket(), Intent.NAVIGATE, replica.now()));
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
