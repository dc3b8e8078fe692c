package dev.usher.store.redis;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** What the store's log says while this is open, of one server. */
public final class Logged extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final String store;
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.usher.store.redis");

  /**
   * Hears from now on.
   *
   * @param store how the key {@code store} ends
   */
  public Logged(String store) {
    this.store = store;
    start();
    logger.setLevel(ch.qos.logback.classic.Level.INFO);
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  /** The values that an event of this name had for the key, in order. */
  public List<String> values(String name, String key) {
    return events.stream()
        .filter(e -> e.getMessage().equals(name) && value(e, "store").anyMatch(this::isOurs))
        .flatMap(e -> value(e, key))
        .toList();
  }

  private boolean isOurs(String at) {
    return at.endsWith(store);
  }

  private static Stream<String> value(ILoggingEvent event, String key) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    return pairs == null
        ? Stream.of()
        : pairs.stream().filter(p -> p.key.equals(key)).map(p -> String.valueOf(p.value));
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }
}
