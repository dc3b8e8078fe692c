package dev.usher.server;

import dev.usher.http.LastResort;
import io.vertx.core.Handler;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of every exception that a handler of the edge lets out: each is a fault of Usher's own,
 * is counted, and gets one line in the log. The client has been answered by then, see {@link
 * LastResort}.
 */
public final class EdgeFailures implements Handler<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeFailures.class);

  /** Frames of a trace that are logged: a stranger who finds a fault must not fill the disk. */
  private static final int FRAMES = 3;

  private final LongAdder count = new LongAdder();

  @Override
  public void handle(Throwable failure) {
    count.increment();
    LOG.atError()
        .addKeyValue("cause", failure)
        .addKeyValue("reason", failure.getCause())
        .addKeyValue("at", at(failure.getCause() == null ? failure : failure.getCause()))
        .log("edge_failed");
  }

  private static String at(Throwable failure) {
    StringBuilder frames = new StringBuilder();
    StackTraceElement[] trace = failure.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES, trace.length); i++) {
      frames.append(i == 0 ? "" : " < ").append(trace[i]);
    }
    return frames.toString();
  }

  /** The number of such exceptions. */
  public long count() {
    return count.sum();
  }
}
