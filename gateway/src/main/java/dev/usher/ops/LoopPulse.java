package dev.usher.ops;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * A pulse that shows whether the gateway's event loops still turn. Each is handed a task at every
 * beat, and one that has not run it for several beats is stuck. So the answer exists before anybody
 * asks, and asking waits for nothing.
 */
final class LoopPulse {
  static final long BEAT_MILLIS = 1000;

  /**
   * Beats after which a loop is stuck. A crowd of 15,000 holds a loop for well under a second; this
   * long is no crowd.
   */
  static final int SILENT_BEATS_MAX = 5;

  private final List<Loop> loops = new ArrayList<>();

  /** One event loop; its beats are counted by the caller of {@link #beat}. */
  private static final class Loop {
    final EventExecutor executor;
    volatile boolean answered = true;
    int silentBeats;

    Loop(EventExecutor executor) {
      this.executor = executor;
    }

    void beat() {
      if (!answered) {
        silentBeats++;
        return;
      }
      silentBeats = 0;
      answered = false;
      try {
        executor.execute(() -> answered = true);
      } catch (RejectedExecutionException closed) {
        // A loop that is shut down stays silent, and is reported as such.
      }
    }
  }

  LoopPulse(Vertx gateway) {
    for (EventExecutor executor : ((VertxInternal) gateway).nettyEventLoopGroup()) {
      loops.add(new Loop(executor));
    }
  }

  /** One beat of the pulse. Must be called from one thread, and {@link #silent} from the same. */
  void beat() {
    loops.forEach(Loop::beat);
  }

  /** The number of loops that are stuck. */
  int silent() {
    return (int) loops.stream().filter(loop -> loop.silentBeats >= SILENT_BEATS_MAX).count();
  }

  /** The number of loops. */
  int size() {
    return loops.size();
  }
}
