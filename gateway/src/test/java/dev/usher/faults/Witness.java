package dev.usher.faults;

import dev.usher.faults.Crowd.Question;
import dev.usher.faults.Crowd.Reply;
import dev.usher.faults.Told.Ask;
import dev.usher.faults.Told.State;
import dev.usher.store.Place;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A visitor who does as told, asks now this replica and now that one, and writes down every answer.
 * Asks one thing at a time, so that the answers have an order. Confined to the crowd's event loop.
 */
final class Witness {
  /** One request in so many goes to another replica. */
  private static final int ROAMS = 6;

  private static final long LEAST_MILLIS = 50;
  private static final long RETRY_MILLIS = 150;
  private static final long THINKS_MILLIS = 250;

  /** Newcomers who are turned away press the button again sooner than they are told. */
  private static final long JOIN_AGAIN_MILLIS = 500;

  private final int number;
  private final Crowd crowd;
  private final Habits habits;
  private final SplittableRandom chance;
  private int replica;
  private @Nullable String ticket;
  private @Nullable String pass;
  private @Nullable Place place;
  private long insideSince;

  Witness(int number, Crowd crowd, Habits habits, SplittableRandom chance) {
    this.number = number;
    this.crowd = crowd;
    this.habits = habits;
    this.chance = chance;
    this.replica = chance.nextInt(crowd.replicas());
  }

  /** Comes when its time has come. */
  void come() {
    crowd.later(habits.comesAt() - now(), this::join);
  }

  private long now() {
    return crowd.history().time().now();
  }

  private void join() {
    if (isTiredOfWaiting()) {
      return;
    }
    ask(
        Ask.JOIN,
        reply -> {
          switch (reply.answer().state()) {
            case WAITING, CALLED, ADMITTED -> standing(reply);
            case NONE, UNTOLD, SILENCE -> crowd.later(JOIN_AGAIN_MILLIS, this::join);
          }
        });
  }

  private void poll() {
    if (!isTiredOfWaiting()) {
      ask(Ask.POLL, this::standing);
    }
  }

  private void claim() {
    ask(
        Ask.CLAIM,
        reply -> {
          if (reply.answer().state() == State.CALLED) {
            // Called but not let in yet: asks again when told, not at once.
            crowd.later(Math.max(LEAST_MILLIS, reply.answer().againMillis()), this::poll);
          } else {
            standing(reply);
          }
        });
  }

  private void standing(Reply reply) {
    long again = Math.max(LEAST_MILLIS, reply.answer().againMillis());
    switch (reply.answer().state()) {
      case WAITING -> crowd.later(again, this::poll);
      case CALLED -> claim();
      case ADMITTED -> {
        insideSince = now();
        browse();
      }
      // Whoever is told to start anew does: the checker says that it must not happen.
      case NONE -> crowd.later(JOIN_AGAIN_MILLIS, this::join);
      case UNTOLD, SILENCE -> crowd.later(RETRY_MILLIS, this::poll);
    }
  }

  private void browse() {
    if (now() - insideSince > habits.stays()) {
      leave();
      return;
    }
    ask(
        Ask.BROWSE,
        reply -> {
          switch (reply.answer().state()) {
            case ADMITTED -> crowd.later(chance.nextLong(THINKS_MILLIS), this::browse);
            case UNTOLD, SILENCE -> crowd.later(RETRY_MILLIS, this::browse);
            // Put out: the checker says that it must not happen.
            case WAITING, CALLED, NONE -> crowd.gone();
          }
        });
  }

  private boolean isTiredOfWaiting() {
    if (habits.isPatient() || now() - habits.comesAt() < habits.givesUpAfter()) {
      return false;
    }
    leave();
    return true;
  }

  private void leave() {
    if (habits.says() && (ticket != null || pass != null)) {
      ask(Ask.LEAVE, done -> crowd.gone());
    } else {
      crowd.gone();
    }
  }

  private void ask(Ask ask, Consumer<Reply> then) {
    if (chance.nextInt(ROAMS) == 0) {
      moveOn();
    }
    int asked = replica;
    String token = pass != null ? pass : ticket;
    String header = pass != null ? "Usher-Pass" : "Usher-Ticket";
    long askedAt = now();
    crowd.ask(
        new Question(number, ask, asked, header, token),
        reply -> {
          keep(reply);
          crowd.history().told(new Told(number, ask, asked, askedAt, now(), reply.answer(), place));
          if (reply.answer().status() == 0 || reply.answer().status() >= 500) {
            moveOn();
          }
          then.accept(reply);
        });
  }

  private void keep(Reply reply) {
    if (reply.pass() != null) {
      pass = reply.pass();
      place = Tokens.ofPass(reply.pass());
    } else if (reply.ticket() != null) {
      ticket = reply.ticket();
      place = crowd.tokens().ofTicket(reply.ticket());
    }
  }

  private void moveOn() {
    replica = (replica + 1 + chance.nextInt(Math.max(1, crowd.replicas() - 1))) % crowd.replicas();
  }
}
