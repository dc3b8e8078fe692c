package dev.usher.server;

import dev.usher.http.LastResort;
import io.vertx.core.Handler;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every exception ends that a handler of the edge lets out: each is a fault of Usher's own,
 * counted, and one line in the log. Whoever asked has been told by then, see {@link LastResort}.
 */
public final class EdgeFailures implements Handler<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeFailures.class);

  /** A stranger who finds a fault must not fill the disk with traces of it. */
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

  /** How many there were. */
  public long count() {
    return count.sum();
  }
}
