package dev.usher.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.usher.config.GatewayConfig;
import org.slf4j.LoggerFactory;

/** The logging of this process: each line by {@link LogLine}, its level and its format. */
final class Logging {
  private static final String APPENDER = "OUT";

  /** The logger of lines about requests. */
  static final String ACCESS = "dev.usher.edge.AccessLog";

  /** Lines about requests that may wait to be written: two seconds of a busy gateway, 10 MB. */
  private static final int ACCESS_LINES = 16 * 1024;

  /** Loggers that write a trace for each broken connection, which strangers can cause. */
  private static final String[] STRANGERS = {
    "io.netty.channel.DefaultChannelPipeline", "io.vertx.core.net.impl.VertxConnection"
  };

  /** Says as an error that a visitor's connection was reset, each time one is. */
  private static final String RESETS = "io.vertx.core.net.impl.ConnectionBase";

  private Logging() {}

  /** Logs by the defaults, until a configuration says otherwise. */
  static void begin() {
    write(false);
    for (String name : STRANGERS) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.ERROR);
    }
    ((Logger) LoggerFactory.getLogger(RESETS)).setLevel(Level.OFF);
  }

  /** Logs by this configuration. */
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
      beside(out);
    }
  }

  /**
   * Has lines about requests written by a thread of their own: there are many, and their reader may
   * be slow. Lines that it cannot keep up with are dropped, and no visitor waits for it.
   */
  private static void beside(ConsoleAppender<ILoggingEvent> out) {
    Logger access = (Logger) LoggerFactory.getLogger(ACCESS);
    if (access.getAppender(ACCESS) == null) {
      AsyncAppender queue = new AsyncAppender();
      queue.setName(ACCESS);
      queue.setContext(out.getContext());
      queue.setQueueSize(ACCESS_LINES);
      queue.setDiscardingThreshold(0);
      queue.setNeverBlock(true);
      queue.addAppender(out);
      queue.start();
      access.addAppender(queue);
      access.setAdditive(false);
    }
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
