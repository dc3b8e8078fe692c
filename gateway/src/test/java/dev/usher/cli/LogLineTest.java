package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLineTest {
  /** The grammar that docs/operations.md describes. */
  private static final Pattern LINE =
      Pattern.compile(
          "(\\S+) (ERROR|WARN|INFO|DEBUG) ([a-z][a-z0-9_]*)"
              + "((?: [A-Za-z]+=\"(?:[^\"\\\\\\p{Cntrl}]++|\\\\.)*+\")*)\n");

  private static final Pattern VALUE =
      Pattern.compile(" ([A-Za-z]+)=(\"(?:[^\"\\\\]++|\\\\.)*+\")");

  private final LoggerContext context = new LoggerContext();

  private LoggingEvent event(String message, @Nullable Throwable thrown) {
    Logger logger = context.getLogger("dev.usher.edge.Some");
    return new LoggingEvent("", logger, Level.WARN, message, thrown, null);
  }

  private LoggingEvent valued(String value) {
    LoggingEvent event = event("pod_unready", null);
    event.addKeyValuePair(new KeyValuePair("pod", "a:1"));
    event.addKeyValuePair(new KeyValuePair("reason", value));
    return event;
  }

  private static Map<String, String> values(String line) {
    Matcher whole = LINE.matcher(line);
    assertThat(whole.matches()).as(line).isTrue();
    Map<String, String> values = new LinkedHashMap<>();
    VALUE
        .matcher(whole.group(4))
        .results()
        .forEach(
            pair ->
                values.put(
                    pair.group(1), new JsonObject("{\"v\":" + pair.group(2) + "}").getString("v")));
    return values;
  }

  @Property(tries = 500)
  void whateverIsInAValueTheLineIsOneAndTheValueComesBack(@ForAll String value) {
    String expected = value.replaceAll("[\\uD800-\\uDFFF]", "?");
    String text = new LogLine(false).line(valued(value));
    assertThat(text.indexOf('\n')).isEqualTo(text.length() - 1);
    String back = values(text).getOrDefault("reason", "");
    assertThat(back.replaceAll("[\\uD800-\\uDFFF]", "?")).isEqualTo(expected);
    String json = new LogLine(true).line(valued(value));
    assertThat(json.indexOf('\n')).isEqualTo(json.length() - 1);
    assertThat(new JsonObject(json).getString("reason").replaceAll("[\\uD800-\\uDFFF]", "?"))
        .isEqualTo(expected);
  }

  @Test
  void aLineForPeopleIsTimeLevelEventAndValues() {
    assertThat(new LogLine(false).line(valued("it said \"no\"\nFATAL faked")))
        .matches("[-0-9T:.+Z]+ WARN pod_unready pod=\"a:1\" reason=.*\n")
        .endsWith("reason=\"it said \\\"no\\\"\\nFATAL faked\"\n");
  }

  @Test
  void aLineForMachinesIsOneObjectWithNumbersAsNumbers() {
    LoggingEvent event = event("admission_limit", null);
    event.addKeyValuePair(new KeyValuePair("capacity", 12));
    event.addKeyValuePair(new KeyValuePair("rate", Double.NaN));
    event.addKeyValuePair(new KeyValuePair("paused", true));
    JsonObject line = new JsonObject(new LogLine(true).line(event));
    assertThat(line.fieldNames())
        .containsExactly("time", "level", "event", "capacity", "rate", "paused");
    assertThat(line.getInteger("capacity")).isEqualTo(12);
    assertThat(line.getValue("rate")).isNull();
    assertThat(line.getBoolean("paused")).isTrue();
  }

  @Test
  void aFaultIsOneValueAndWhatLibrariesSayIsAMessage() {
    Exception fault = new IllegalStateException("one\ntwo", new RuntimeException("within"));
    String text = new LogLine(false).line(event("It went wrong: {}", fault));
    assertThat(values(text))
        .containsEntry("logger", "dev.usher.edge.Some")
        .containsEntry("text", "It went wrong: {}");
    assertThat(values(text).get("exception"))
        .startsWith("java.lang.IllegalStateException: one\ntwo at dev.usher.cli.LogLineTest.")
        .contains(" caused by java.lang.RuntimeException: within at ");
    assertThat(new JsonObject(new LogLine(true).line(event("It went", fault))).getString("event"))
        .isEqualTo("message");
  }
}
