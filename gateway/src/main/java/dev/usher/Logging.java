package dev.usher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.usher.config.GatewayConfig;
import org.slf4j.LoggerFactory;

/** How the log is written: each line by {@link LogLine}, from which level on, in which format. */
final class Logging {
  private static final String APPENDER = "OUT";

  /** What others say of a connection that broke, with a trace each, strangers can bring about. */
  private static final String[] STRANGERS = {
    "io.netty.channel.DefaultChannelPipeline",
    "io.vertx.core.net.impl.ConnectionBase",
    "io.vertx.core.net.impl.VertxConnection"
  };

  private Logging() {}

  /** Until a configuration says otherwise, as its defaults say. */
  static void begin() {
    write(false);
    for (String name : STRANGERS) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.ERROR);
    }
  }

  /** From now on as this says. */
  static void use(GatewayConfig.Log log) {
    write(log.json());
    root().setLevel(Level.toLevel(log.level()));
  }

  private static void write(boolean json) {
    if (root().getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> out) {
      LogLine lines = new LogLine(json);
      lines.setContext(out.getContext());
      lines.start();
      out.setEncoder(lines);
    }
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
