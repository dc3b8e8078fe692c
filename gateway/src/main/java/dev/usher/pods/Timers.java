package dev.usher.pods;

import java.time.Duration;

/** A timer that runs a task later; a port, so that tests can bring their own. */
@FunctionalInterface
public interface Timers {
  /**
   * Runs a task once after a delay, on any thread.
   *
   * @return a task that cancels it; harmless once it has run
   */
  Runnable after(Duration delay, Runnable task);
}
