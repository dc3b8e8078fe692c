package dev.usher.sim.crowd;

import dev.usher.forecast.WaitDiary;
import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.GateAnswer;
import dev.usher.sim.gate.SimRequest;
import dev.usher.sim.plant.Nature;
import dev.usher.sim.time.Chance;

/** One visitor: comes, waits, opens pages, goes. What they do does not depend on the gate. */
final class Guest {
  private static final double LEAVES_AFTER_SECONDS = 120;
  private static final double ABSENT_MIN = 30;
  private static final double ABSENT_MAX = 240;
  private static final double WORK_CV = 1;

  /**
   * The most work that a page may need, in ordinary pages; with more, a cold pod would be too slow
   * even when idle.
   */
  private static final double WORK_MOST = 5;

  /** Mean of a log-normal distribution of mean 1 and that variation, when truncated there. */
  private static final double WORK_CUT_MEAN = 0.9824;

  private final Scene scene;
  private final Caller caller;
  private final Chance life;
  private final Chance retries;
  private final boolean noShow;
  private final boolean says;
  private final WaitDiary diary = new WaitDiary();
  private boolean wasToldToWait;
  private double absentAfter;
  private double arrivedAt;
  private boolean waiting;
  private boolean gone;
  private int firstPagesLeft;
  private int pagesLeft;
  private int tries;
  private SimRequest.Page page = new SimRequest.Page(0, true, true);

  Guest(Scene scene, Caller caller, Chance chance) {
    this.scene = scene;
    this.caller = caller;
    this.life = chance.of("life");
    this.retries = chance.of("retries");
    Nature nature = scene.nature();
    this.noShow = life.happens(nature.noShow());
    this.says = life.happens(0.5);
    boolean absent = life.happens(scene.habits().absences());
    this.absentAfter = absent ? life.waiting(LEAVES_AFTER_SECONDS) : Double.POSITIVE_INFINITY;
    this.firstPagesLeft = life.times(nature.firstPages());
    this.pagesLeft = life.times(nature.pages());
  }

  void arrive() {
    arrivedAt = scene.timeline().seconds();
    scene.ledger().arrives();
    scene.journal().note("arrives", caller.number(), caller.room());
    knock();
  }

  private void knock() {
    if (noShow && !says && waiting && scene.gate().isCalled(caller)) {
      goneFromDoor("vanishes"); // between the last poll and the one that would have let them in
    } else if (!gone) {
      scene.gate().knock(caller, this::told);
    }
  }

  private void told(GateAnswer answer) {
    if (gone) {
      return;
    }
    switch (answer.kind()) {
      case COME_IN -> comeIn();
      case WAIT -> {
        wasToldToWait = true;
        diary.told(millis(), answer.told());
        await(answer.askAgainSeconds());
      }
      case REFUSED -> {
        if (++tries >= scene.habits().tries()) {
          gone = true;
          scene.ledger().lostAtDoor();
          scene.journal().note("lost at door", caller.number(), tries);
        } else {
          after(laterAgain(), this::knock);
        }
      }
    }
  }

  private void await(double seconds) {
    if (!waiting) {
      waiting = true;
      tries = 0;
      if (noShow && says) {
        after(life.waiting(LEAVES_AFTER_SECONDS), this::leaveTheLine);
      }
    }
    double waited = scene.timeline().seconds() - arrivedAt;
    if (waited > absentAfter) {
      absentAfter = Double.POSITIVE_INFINITY;
      after(life.between(ABSENT_MIN, ABSENT_MAX), this::knock);
    } else {
      after(seconds, this::knock);
    }
  }

  private long millis() {
    return scene.timeline().micros() / 1000;
  }

  private void leaveTheLine() {
    if (waiting && !gone) {
      scene.gate().leave(caller);
      goneFromDoor("leaves");
    }
  }

  private void goneFromDoor(String how) {
    gone = true;
    scene.ledger().goneFromDoor();
    scene.journal().note(how, caller.number(), 0);
  }

  private void comeIn() {
    waiting = false;
    tries = 0;
    double now = scene.timeline().seconds();
    scene.ledger().admitted(new Ledger.Admission(caller.number(), caller.room(), arrivedAt, now));
    if (wasToldToWait) {
      diary.comesIn(millis(), scene.ledger().waits());
    }
    scene.journal().note("comes in", caller.number(), scene.ledger().inside());
    nextPage();
  }

  private void nextPage() {
    double usual = Math.min(WORK_MOST, life.skewed(1, WORK_CV)) / WORK_CUT_MEAN;
    double work = usual * scene.nature().serviceSeconds();
    boolean safe = !life.happens(scene.habits().unsafe());
    page = new SimRequest.Page(work, safe, firstPagesLeft > 0);
    ask();
  }

  private void ask() {
    SimRequest[] made = new SimRequest[1];
    made[0] = new SimRequest(page, scene.patience(), end -> answered(made[0], end));
    scene.gate().send(caller, made[0]);
  }

  private void answered(SimRequest request, SimRequest.End end) {
    scene.ledger().answered(request, end, scene.timeline().seconds());
    if (end == SimRequest.End.ANSWERED) {
      tries = 0;
      goOn();
      return;
    }
    scene.journal().note("error " + end, caller.number(), tries);
    if (++tries >= scene.habits().tries() || end == SimRequest.End.PUT_OUT) {
      scene.ledger().lostInside();
      freePlaceLater();
    } else {
      after(laterAgain(), this::ask);
    }
  }

  private void goOn() {
    Nature nature = scene.nature();
    if (firstPagesLeft > 0) {
      firstPagesLeft--;
    } else {
      pagesLeft--;
    }
    if (firstPagesLeft > 0) {
      after(life.waiting(Nature.FIRST_GAP_SECONDS), this::nextPage);
    } else if (pagesLeft > 0) {
      double think = life.waiting(nature.thinkSeconds());
      after(Math.min(Nature.THINK_MAX_SECONDS, think), this::nextPage);
    } else {
      end();
    }
  }

  private void end() {
    scene.ledger().done();
    if (life.happens(scene.nature().silentEnd())) {
      freePlaceLater();
    } else {
      scene.gate().leave(caller);
      scene.ledger().placeFreed();
      scene.journal().note("ends", caller.number(), scene.ledger().inside());
    }
  }

  private void freePlaceLater() {
    after(scene.nature().idleTailSeconds(), () -> scene.ledger().placeFreed());
  }

  private double laterAgain() {
    return retries.between(scene.habits().retryLeast(), scene.habits().retryMost());
  }

  private void after(double seconds, Runnable task) {
    scene.timeline().after(seconds, task);
  }
}
