package dev.usher.pods.slots;

import dev.usher.pods.Pod;
import dev.usher.pods.Slot;
import dev.usher.pods.roster.OpenPod;
import java.util.concurrent.atomic.AtomicInteger;

/** A slot that is taken on one pod, and how far its request has come. */
final class TakenSlot implements Slot {
  private static final int ASKED = 0;
  private static final int BEGUN = 1;
  private static final int LONG = 2;
  private static final int BACK = 3;
  private static final int SERVER_ERROR = 500;

  // Whether the request may last for a long time.
  private static final int SHORT = 0;
  private static final int LASTS = 1;
  private static final int STREAM = 2;

  private final OpenPod state;
  private final HeldSlots held;

  /** The pod's signs of life when the request was given to it. */
  private final long heard;

  /** The beginning, by the last tick. */
  private final long began;

  private final AtomicInteger lasts = new AtomicInteger();
  private final AtomicInteger stage = new AtomicInteger(ASKED);

  /**
   * @param held told once, when the slot is given back
   */
  TakenSlot(OpenPod state, HeldSlots held) {
    this.state = state;
    this.held = held;
    this.began = held.times.begins();
    this.heard = state.count().heard();
    held.traffic.asked();
  }

  @Override
  public Pod pod() {
    return state.pod();
  }

  @Override
  public void firstByte(long micros, int status, double saturation) {
    if (!stage.compareAndSet(ASKED, BEGUN)) {
      state.count().lives();
      return;
    }
    held.traffic.awaitedNoMore();
    state.count().full().said(saturation);
    if (status >= SERVER_ERROR) {
      // How fast a pod fails says nothing about how fast it works.
      held.traffic.failed();
      state.count().hasErred();
      state.count().hasFailed();
      state.count().lives();
    } else {
      held.traffic.answered(micros);
      state.count().answered(micros);
    }
  }

  @Override
  public void runsLong() {
    if (stage.compareAndSet(ASKED, LONG)) {
      held.traffic.awaitedNoMore();
      if (lasts.compareAndSet(SHORT, LASTS)) {
        state.load().lasts();
      }
    }
  }

  @Override
  public boolean streams() {
    if (lasts.get() != STREAM && held.streams.tryTake() && lasts.getAndSet(STREAM) == SHORT) {
      state.load().lasts();
    }
    return lasts.get() == STREAM;
  }

  @Override
  public void giveBack(Outcome outcome) {
    int was = stage.getAndSet(BACK);
    if (was == BACK) {
      return;
    }
    end(lasts.getAndSet(SHORT));
    if (was == ASKED) {
      held.traffic.awaitedNoMore();
      if (outcome == Outcome.TIMED_OUT) {
        held.traffic.failed();
        state.count().hasErred();
      }
    }
    if (was != LONG && outcome != Outcome.ANSWERED && outcome != Outcome.CANCELLED) {
      state.count().hasFailed();
    }
    held.ended(state, saysNothing(was, outcome) ? Outcome.CANCELLED : outcome);
  }

  private void end(int lasted) {
    if (lasted == STREAM) {
      held.streams.giveBack();
    }
    if (lasted == SHORT) {
      held.times.ended(began);
    } else {
      state.load().lastsNoMore();
    }
  }

  /**
   * Whether the silence is no sign of a dead pod. A stream may be silent for a long time on a
   * healthy pod, and a pod that was heard from meanwhile is alive even if this request is never
   * answered.
   */
  private boolean saysNothing(int was, Outcome outcome) {
    return outcome == Outcome.TIMED_OUT && (was == LONG || state.count().heard() != heard);
  }
}
