package dev.usher.pods;

import java.time.Duration;

/** Runs a task later; the pods' own clock, so that tests can be theirs. */
@FunctionalInterface
public interface Timers {
  /**
   * Runs a task once after a delay, on any thread.
   *
   * @return cancels it; harmless when it has run
   */
  Runnable after(Duration delay, Runnable task);
}
