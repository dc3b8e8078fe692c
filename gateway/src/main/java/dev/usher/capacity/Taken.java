package dev.usher.capacity;

import dev.usher.room.Pod;
import dev.usher.room.Slot;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A slot on one pod, and how far its request has come. */
final class Taken implements Slot {
  private static final int ASKED = 0;
  private static final int BEGUN = 1;
  private static final int LONG = 2;
  private static final int BACK = 3;
  private static final int SERVER_ERROR = 500;

  private final PodState state;
  private final TrafficCount traffic;
  private final StreamShare streams;
  private final BiConsumer<PodState, Outcome> ended;

  /** What was heard of the pod when the request was given to it. */
  private final long heard;

  private final AtomicBoolean stream = new AtomicBoolean();
  private final AtomicInteger stage = new AtomicInteger(ASKED);

  /**
   * @param ended told once, when the slot is given back
   */
  Taken(
      PodState state,
      TrafficCount traffic,
      StreamShare streams,
      BiConsumer<PodState, Outcome> ended) {
    this.state = state;
    this.traffic = traffic;
    this.streams = streams;
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
    traffic.saturated(saturation);
    if (status >= SERVER_ERROR) {
      // How fast a pod fails says nothing of how fast it works.
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
    }
  }

  @Override
  public boolean streams() {
    if (!stream.get() && streams.tryTake()) {
      stream.set(true);
    }
    return stream.get();
  }

  @Override
  public void giveBack(Outcome outcome) {
    int was = stage.getAndSet(BACK);
    if (was == BACK) {
      return;
    }
    if (stream.getAndSet(false)) {
      streams.giveBack();
    }
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

  /**
   * Whether its silence is no sign of a dead pod. A stream may be silent for long and its pod be
   * well; and a pod that was heard of meanwhile lives, whatever never answers on it.
   */
  private boolean saysNothing(int was, Outcome outcome) {
    return outcome == Outcome.TIMED_OUT && (was == LONG || state.count().heard() != heard);
  }
}
