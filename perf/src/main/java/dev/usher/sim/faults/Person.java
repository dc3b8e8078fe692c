package dev.usher.sim.faults;

import dev.usher.room.Decision;
import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.SimRequest;
import dev.usher.sim.time.Appointment;
import dev.usher.sim.time.Chance;
import dev.usher.sim.usher.Told;
import org.jspecify.annotations.Nullable;

/** One visitor: comes, waits, opens a few pages, leaves; and asks elsewhere if nobody answers. */
final class Person {
  /** How long a visitor waits for an answer before asking again, at another replica. */
  private static final double PATIENCE_SECONDS = 3;

  /** The same for a page. */
  private static final double PAGE_PATIENCE_SECONDS = 6;

  /** How long a visitor who is inside and cut off waits before trying again. */
  private static final double CUT_OFF_SECONDS = 0.5;

  private static final double GONE_SILENTLY = 0.04;
  private static final double GIVES_UP = 0.08;
  private static final double PAGES = 4;
  private static final double THINKS_SECONDS = 1.5;
  private static final double ENDS_SILENTLY = 0.1;

  private final Street street;
  private final Caller caller;
  private final Chance chance;
  private final double goesAfter;
  private final boolean saysSo;
  private final double luck;
  private boolean wasCutOff;
  private double goesAt = Double.POSITIVE_INFINITY;
  private int pagesLeft;
  private int asked;

  /** Visitors who asked up to here wait for nothing more. */
  private int heard;

  private @Nullable Appointment unanswered;

  Person(Street street, int number) {
    this.street = street;
    this.caller = new Caller(number, 0);
    this.chance = street.chance().of(number);
    double kind = chance.between(0, 1);
    this.saysSo = kind >= GONE_SILENTLY;
    this.goesAfter = kind < GIVES_UP ? chance.waiting(30) : Double.POSITIVE_INFINITY;
    this.luck = street.chance().of("luck").of(number).between(0, 1);
    this.pagesLeft = chance.times(PAGES);
  }

  void arrive() {
    street.journal().note("arrives", caller.number(), 0);
    goesAt = street.seconds() + goesAfter;
    knock();
  }

  private void knock() {
    if (street.seconds() >= goesAt) {
      goAway();
      return;
    }
    unanswered = street.after(PATIENCE_SECONDS, this::knock);
    if (getsThrough()) {
      street.fleet().knock(caller, this::told);
    }
  }

  private boolean getsThrough() {
    boolean through = street.ingress().lets(luck, street.seconds());
    wasCutOff |= !through;
    return through;
  }

  private void goAway() {
    caller.knocks++; // any answer that comes now is ignored
    street.journal().note(saysSo ? "gives up" : "vanishes", caller.number(), 0);
    street.witness().goes(caller);
    if (saysSo) {
      street.fleet().leave(caller);
    }
    street.settledOne();
  }

  private void told(Told told) {
    wasAnswered();
    street.witness().heard(caller, told);
    if (told.decision() instanceof Decision.Wait wait) {
      unanswered = street.after(wait.askAgainMillis() / 1000.0, this::knock);
    } else if (told.decision() instanceof Decision.TakeNumber) {
      goWithoutAWord();
    } else {
      street.admitted();
      page();
    }
  }

  private void wasAnswered() {
    if (unanswered != null) {
      unanswered.cancel();
    }
  }

  private void page() {
    SimRequest.Page page = new SimRequest.Page(chance.skewed(street.work(), 1), false, true);
    ask(page);
  }

  private void ask(SimRequest.Page page) {
    if (!getsThrough()) {
      if (street.hasRunOut(caller)) {
        goWithoutAWord();
      } else {
        unanswered = street.after(CUT_OFF_SECONDS, () -> ask(page));
      }
      return;
    }
    int which = ++asked;
    // A visitor who got nothing for this long asks once more, as from another window.
    unanswered = street.after(PAGE_PATIENCE_SECONDS, () -> ask(page));
    SimRequest request = new SimRequest(page, street.patience(), end -> ended(page, which, end));
    street.fleet().send(caller, request);
  }

  /**
   * A window shows something. The visitor looks at whichever shows the page first, so that a page
   * that takes longer than their patience still arrives; a failure in an older window says nothing
   * about the later one.
   */
  private void ended(SimRequest.Page page, int which, SimRequest.End end) {
    if (which > heard && (which == asked || end == SimRequest.End.ANSWERED)) {
      heard = asked;
      wasAnswered();
      answered(page, end);
    }
  }

  private void answered(SimRequest.Page page, SimRequest.End end) {
    if (end == SimRequest.End.PUT_OUT && wasCutOff) {
      goWithoutAWord();
    } else if (end == SimRequest.End.PUT_OUT) {
      throw street.journal().broken("nobody who is inside is put out, but " + caller.pass + " was");
    } else if (end != SimRequest.End.ANSWERED) {
      street.journal().note("page " + end, caller.number(), 0);
      unanswered = street.after(chance.between(0.5, 1.5), () -> ask(page));
    } else if (--pagesLeft > 0) {
      unanswered = street.after(chance.waiting(THINKS_SECONDS), this::page);
    } else {
      end();
    }
  }

  /** The session expired while nobody got through. */
  private void goWithoutAWord() {
    heard = asked;
    street.journal().note("session over", caller.number(), 0);
    street.witness().ends(caller);
    street.settledOne();
  }

  private void end() {
    street.witness().ends(caller);
    if (!chance.happens(ENDS_SILENTLY)) {
      street.journal().note("ends", caller.number(), 0);
      street.fleet().leave(caller);
    }
    street.settledOne();
  }
}
