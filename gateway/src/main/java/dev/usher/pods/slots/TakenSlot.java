package dev.usher.pods.slots;

import dev.usher.pods.Pod;
import dev.usher.pods.Slot;
import dev.usher.pods.roster.PodState;
import dev.usher.pods.roster.SlotTimes;
import dev.usher.pods.roster.TrafficCount;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

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

  private final PodState state;
  private final TrafficCount traffic;
  private final StreamShare streams;
  private final SlotTimes times;
  private final BiConsumer<PodState, Outcome> ended;

  /** The pod's signs of life when the request was given to it. */
  private final long heard;

  /** The beginning, by the last tick. */
  private final long began;

  private final AtomicInteger lasts = new AtomicInteger();
  private final AtomicInteger stage = new AtomicInteger(ASKED);

  /**
   * What all held slots share.
   *
   * @param streams how many streams may hold
   * @param times how long slots are held
   */
  record Held(StreamShare streams, SlotTimes times) {}

  /**
   * @param ended called once, when the slot is given back
   */
  TakenSlot(PodState state, TrafficCount traffic, Held held, BiConsumer<PodState, Outcome> ended) {
    this.state = state;
    this.traffic = traffic;
    this.streams = held.streams();
    this.times = held.times();
    this.began = times.begins();
    this.ended = ended;
    this.heard = state.count().heard();
    traffic.asked();
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
    traffic.awaitedNoMore();
    state.count().full().said(saturation);
    if (status >= SERVER_ERROR) {
      // How fast a pod fails says nothing about how fast it works.
      traffic.failed();
      state.count().hasErred();
      state.count().hasFailed();
      state.count().lives();
    } else {
      traffic.answered(micros);
      state.count().answered(micros);
    }
  }

  @Override
  public void runsLong() {
    if (stage.compareAndSet(ASKED, LONG)) {
      traffic.awaitedNoMore();
      if (lasts.compareAndSet(SHORT, LASTS)) {
        state.load().lasts();
      }
    }
  }

  @Override
  public boolean streams() {
    if (lasts.get() != STREAM && streams.tryTake() && lasts.getAndSet(STREAM) == SHORT) {
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
      traffic.awaitedNoMore();
      if (outcome == Outcome.TIMED_OUT) {
        traffic.failed();
        state.count().hasErred();
      }
    }
    if (was != LONG && outcome != Outcome.ANSWERED && outcome != Outcome.CANCELLED) {
      state.count().hasFailed();
    }
    ended.accept(state, saysNothing(was, outcome) ? Outcome.CANCELLED : outcome);
  }

  private void end(int lasted) {
    if (lasted == STREAM) {
      streams.giveBack();
    }
    if (lasted == SHORT) {
      times.ended(began);
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
