package dev.usher.sim.usher;

import dev.usher.sim.gate.World;
import dev.usher.sim.time.Appointment;
import java.util.ArrayDeque;
import java.util.Deque;

/** The process of one replica: it may be stopped, resumed, and killed. */
final class Life {
  private final World world;
  private final int number;
  private final Deque<Runnable> due = new ArrayDeque<>();
  private boolean stopped;
  private boolean over;

  /**
   * A running process.
   *
   * @param number which replica it is; no other ever has the same
   */
  Life(World world, int number) {
    this.world = world;
    this.number = number;
  }

  World world() {
    return world;
  }

  int number() {
    return number;
  }

  /** Runs it now; if the process is stopped, when it resumes; if it was killed, never. */
  void run(Runnable task) {
    if (over) {
      return;
    }
    if (stopped) {
      due.addLast(task);
    } else {
      task.run();
    }
  }

  /** Runs it after this many seconds, as soon as the process runs. */
  Appointment after(double seconds, Runnable task) {
    return world.timeline().after(seconds, () -> run(task));
  }

  /** Runs it repeatedly. What was missed while the process was stopped is done once. */
  void every(double first, double period, Runnable task) {
    Appointment unused =
        after(
            first,
            () -> {
              task.run();
              every(period, period, task);
            });
  }

  /** As by SIGSTOP: nothing is done, though time goes on. */
  void stop() {
    stopped = true;
  }

  /** As by SIGCONT: everything that came in the meantime is done now. */
  void goOn() {
    stopped = false;
    while (!stopped && !over && !due.isEmpty()) {
      due.removeFirst().run();
    }
  }

  /** As by SIGKILL. */
  void kill() {
    over = true;
    due.clear();
  }

  boolean isStopped() {
    return stopped;
  }
}
