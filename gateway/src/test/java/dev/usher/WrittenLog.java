package dev.usher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What one class writes to the log during a play, from INFO on. */
public final class WrittenLog implements BeforeEachCallback, AfterEachCallback {
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Logger log;

  public WrittenLog(Class<?> writer) {
    this.log = (Logger) LoggerFactory.getLogger(writer);
  }

  /** Of a class of another package. */
  WrittenLog(String writer) {
    this.log = (Logger) LoggerFactory.getLogger(writer);
  }

  @Override
  public void beforeEach(ExtensionContext play) {
    begin();
  }

  void begin() {
    written.start();
    log.setLevel(Level.INFO);
    log.addAppender(written);
  }

  @Override
  public void afterEach(ExtensionContext play) {
    end();
  }

  void end() {
    log.detachAppender(written);
    log.setLevel(null);
  }

  /** The events so far; other threads may go on writing. */
  public List<ILoggingEvent> events() {
    return List.copyOf(written.list);
  }

  /** Level, name and values of each. */
  public List<String> said() {
    return events().stream()
        .map(event -> event.getLevel() + " " + event.getMessage() + " " + event.getKeyValuePairs())
        .toList();
  }
}
