package dev.usher.ops;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * Whether the event loops of the gateway still turn. Each is handed a task at every beat, and one
 * that has not run it for several beats is stuck. So the answer is there before anybody asks, and
 * whoever asks waits for nothing.
 */
final class LoopPulse {
  static final long BEAT_MILLIS = 1000;

  /** A crowd of 15,000 holds a loop for well under a second; so long is no crowd. */
  static final int SILENT_BEATS_MAX = 5;

  private final List<Loop> loops = new ArrayList<>();

  /** One event loop; the beats are counted by the one who calls {@link #beat}. */
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
        // A loop that is shut down stays silent, and that is what is told of it.
      }
    }
  }

  LoopPulse(Vertx gateway) {
    for (EventExecutor executor : ((VertxInternal) gateway).nettyEventLoopGroup()) {
      loops.add(new Loop(executor));
    }
  }

  /** One beat of the pulse. To be called from one thread, {@link #silent} from the same. */
  void beat() {
    loops.forEach(Loop::beat);
  }

  /** How many loops are stuck. */
  int silent() {
    return (int) loops.stream().filter(loop -> loop.silentBeats >= SILENT_BEATS_MAX).count();
  }

  /** How many loops there are. */
  int size() {
    return loops.size();
  }
}
