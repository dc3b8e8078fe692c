package dev.usher.room;

import dev.usher.doorkeeper.Replica;
import dev.usher.room.Decision.Admit;
import dev.usher.room.Decision.ClaimPlace;
import dev.usher.room.Decision.PassBy;
import dev.usher.room.Decision.Resume;
import dev.usher.room.Decision.TakeNumber;
import dev.usher.room.Decision.TurnAway;
import dev.usher.room.Decision.Wait;
import dev.usher.store.Place;
import dev.usher.token.ArrivalTicket;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A visitor who carries what the room gave them, and does what the edge would do for them. */
public final class Guest {
  @Nullable Ticket ticket;
  @Nullable ArrivalTicket arrival;
  @Nullable Pass pass;

  /** One request, carried out to its end. */
  public Decision ask(Replica replica, Intent intent) {
    long now = replica.now();
    boolean live = pass != null && now < pass.expiresAt();
    Visitor visitor =
        new Visitor(
            intent,
            ticket == null ? arrival : ticket,
            live ? pass : null,
            live ? null : pass,
            true,
            false);
    Decision said = replica.room.decide(visitor, now);
    Decision end = said.answer(new Doer(replica, intent));
    if (end instanceof Admit in) {
      pass = in.pass();
      ticket = null;
      arrival = null;
    } else if (end instanceof Wait wait) {
      ticket = wait.inLine() instanceof Ticket numbered ? numbered : null;
      arrival = wait.inLine() instanceof ArrivalTicket later ? later : null;
    }
    return end;
  }

  Wait waits(Replica replica, Intent intent) {
    return (Wait) ask(replica, intent);
  }

  /** The place of who waits with a number. */
  static Place placeOf(Wait wait) {
    return ((Ticket) wait.inLine()).place();
  }

  boolean comesIn(Replica replica, Intent intent) {
    return ask(replica, intent) instanceof Admit;
  }

  public static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private record Doer(Replica replica, Intent intent) implements Decision.Answers<Decision> {
    @Override
    public Decision admit(Admit d) {
      return d;
    }

    @Override
    public Decision passBy(PassBy d) {
      return d;
    }

    @Override
    public Decision resume(Resume d) {
      return get(replica.room.resume(d, replica.now())).answer(this);
    }

    @Override
    public Decision keepWaiting(Wait d) {
      return d;
    }

    @Override
    public Decision turnAway(TurnAway d) {
      return d;
    }

    @Override
    public Decision takeNumber(TakeNumber d) {
      return get(replica.room.number(d, replica.now()));
    }

    @Override
    public Decision claimPlace(ClaimPlace d) {
      return get(replica.room.claim(d.ticket(), intent, replica.now())).answer(this);
    }
  }
}
