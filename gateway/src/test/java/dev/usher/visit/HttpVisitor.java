package dev.usher.visit;

import dev.usher.store.Place;
import dev.usher.visit.VisitAnswer.State;
import dev.usher.visit.VisitCrowd.Question;
import dev.usher.visit.VisitCrowd.Reply;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A visitor who does as told, asks now at this door and now at that one, and notes every answer.
 * Asks one thing at a time, so that the answers have an order. Confined to the crowd's event loop.
 */
final class HttpVisitor {
  /** One request in so many goes to another door. */
  private static final int ROAMS = 6;

  private static final long LEAST_MILLIS = 50;

  /** Newcomers who are turned away press the button again sooner than they are told. */
  private static final long JOIN_AGAIN_MILLIS = 500;

  private final int number;
  private final VisitCrowd crowd;
  private final Habits habits;
  private final SplittableRandom chance;
  private int door;
  private @Nullable String ticket;
  private @Nullable String pass;
  private @Nullable Place place;
  private long cameAt;
  private long insideSince;
  private int pages;

  HttpVisitor(int number, VisitCrowd crowd, Habits habits, SplittableRandom chance) {
    this.number = number;
    this.crowd = crowd;
    this.habits = habits;
    this.chance = chance;
    this.door = chance.nextInt(crowd.doors());
  }

  /** Comes when its time has come. */
  void come() {
    cameAt = now() + habits.comesAt();
    crowd.later(habits.comesAt(), this::join);
  }

  private long now() {
    return crowd.diary().now();
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
            crowd.later(again(reply, LEAST_MILLIS), this::poll);
          } else {
            standing(reply);
          }
        });
  }

  private void standing(Reply reply) {
    switch (reply.answer().state()) {
      case WAITING -> crowd.later(again(reply, LEAST_MILLIS), this::poll);
      case CALLED -> claim();
      case ADMITTED -> {
        insideSince = now();
        browse();
      }
      // Whoever is told to start anew does: the checker says that it must not happen.
      case NONE -> crowd.later(JOIN_AGAIN_MILLIS, this::join);
      case UNTOLD, SILENCE -> crowd.later(retry(reply), this::poll);
    }
  }

  private static long again(Reply reply, long least) {
    return Math.max(least, reply.answer().againMillis());
  }

  private long retry(Reply reply) {
    return again(reply, crowd.manners().retryMillis());
  }

  private void browse() {
    boolean hadEnough = now() - insideSince > habits.stays() && pages >= habits.pages();
    if (hadEnough && !crowd.isStaying()) {
      leave();
      return;
    }
    if (crowd.manners().page().isEmpty()) {
      crowd.later(crowd.manners().thinkMillis(), this::browse);
      return;
    }
    ask(
        Ask.BROWSE,
        reply -> {
          switch (reply.answer().state()) {
            case ADMITTED -> looked(reply);
            case UNTOLD, SILENCE -> crowd.later(retry(reply), this::browse);
            // Put out: the checker says that it must not happen.
            case WAITING, CALLED, NONE -> crowd.gone();
          }
        });
  }

  /** At the page, or at the words that there is none at the moment. */
  private void looked(Reply reply) {
    if (reply.answer().status() == 200) {
      pages++;
      crowd.later(chance.nextLong(crowd.manners().thinkMillis()), this::browse);
    } else {
      crowd.later(retry(reply), this::browse);
    }
  }

  private boolean isTiredOfWaiting() {
    if (habits.isPatient() || now() - cameAt < habits.givesUpAfter()) {
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
    int asked = door;
    String token = pass != null ? pass : ticket;
    String header = pass != null ? "Usher-Pass" : "Usher-Ticket";
    long askedAt = now();
    crowd.ask(
        new Question(number, ask, asked, header, token),
        reply -> {
          keep(reply);
          crowd
              .diary()
              .write(new DiaryEntry(number, ask, asked, askedAt, now(), reply.answer(), place));
          if (reply.answer().status() == 0 || reply.answer().status() >= 500) {
            moveOn();
          }
          then.accept(reply);
        });
  }

  private void keep(Reply reply) {
    if (reply.pass() != null) {
      pass = reply.pass();
      place = crowd.tokens().ofPass(reply.pass());
    } else if (reply.ticket() != null) {
      ticket = reply.ticket();
      place = crowd.tokens().ofTicket(reply.ticket());
    }
  }

  private void moveOn() {
    door = (door + 1 + chance.nextInt(Math.max(1, crowd.doors() - 1))) % crowd.doors();
  }
}
