package dev.usher.sim.time;

import org.jspecify.annotations.Nullable;

/** Something that is to happen at a given time, unless it is cancelled first. */
public final class Appointment {
  /** Fills an empty place. */
  static final Appointment OVER = new Appointment(null);

  private @Nullable Runnable task;

  Appointment(@Nullable Runnable task) {
    this.task = task;
  }

  /** Cancels it; harmless if it is over. */
  public void cancel() {
    task = null;
  }

  boolean isCancelled() {
    return task == null;
  }

  void keep() {
    Runnable now = task;
    task = null;
    if (now != null) {
      now.run();
    }
  }
}
