package dev.usher.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * The encoder of log events: one line each, which can be taken apart again whatever its values
 * hold; for people as time, level, event and {@code key="value"}, or as one JSON object.
 */
final class LogLine extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

  /** The form of our own event names; what libraries log is a sentence. */
  private static final Pattern EVENT = Pattern.compile("[a-z][a-z0-9_]*");

  /** The first frames of a trace tell where a fault is, and a log is no place for the rest. */
  private static final int FRAMES = 8;

  private static final int CAUSES = 4;

  private final boolean json;

  LogLine(boolean json) {
    this.json = json;
  }

  @Override
  public byte @Nullable [] headerBytes() {
    return null;
  }

  @Override
  public byte @Nullable [] footerBytes() {
    return null;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return line(event).getBytes(StandardCharsets.UTF_8);
  }

  String line(ILoggingEvent event) {
    StringBuilder out = new StringBuilder(160);
    String said = event.getFormattedMessage();
    boolean ours = EVENT.matcher(said).matches();
    begin(out, event, ours ? said : "message");
    if (!ours) {
      value(out, "logger", event.getLoggerName());
      value(out, "text", said);
    }
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        value(out, pair.key, pair.value);
      }
    }
    if (event.getThrowableProxy() != null) {
      value(out, "exception", trace(event.getThrowableProxy()));
    }
    return out.append(json ? "}\n" : "\n").toString();
  }

  private void begin(StringBuilder out, ILoggingEvent event, String name) {
    String time = TIME.format(Instant.ofEpochMilli(event.getTimeStamp()));
    if (json) {
      out.append("{\"time\":\"").append(time).append("\",\"level\":\"");
      out.append(event.getLevel()).append("\",\"event\":\"").append(name).append('"');
    } else {
      out.append(time).append(' ').append(event.getLevel()).append(' ').append(name);
    }
  }

  private void value(StringBuilder out, String key, @Nullable Object value) {
    if (json) {
      out.append(",\"").append(key).append("\":");
      if (value == null || value instanceof Number || value instanceof Boolean) {
        number(out, value);
        return;
      }
    } else {
      out.append(' ').append(key).append('=');
    }
    out.append('"');
    escape(out, String.valueOf(value));
    out.append('"');
  }

  /** Writes a number, or null if it is not finite, because JSON has no such number. */
  private static void number(StringBuilder out, @Nullable Object value) {
    boolean none = value instanceof Double number && !Double.isFinite(number);
    out.append(none ? null : value);
  }

  private static void escape(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          // Characters that move a terminal's cursor, or break lines elsewhere, are escaped.
          boolean plain = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
          if (plain && !loneSurrogate(text, i)) {
            out.append(c);
          } else {
            out.append(String.format("\\u%04x", (int) c));
          }
        }
      }
    }
  }

  private static boolean loneSurrogate(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private static String trace(IThrowableProxy thrown) {
    StringBuilder out = new StringBuilder();
    IThrowableProxy cause = thrown;
    for (int i = 0; i < CAUSES && cause != null; i++) {
      out.append(i == 0 ? "" : " caused by ").append(cause.getClassName());
      out.append(cause.getMessage() == null ? "" : ": " + cause.getMessage());
      StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
      for (int f = 0; frames != null && f < Math.min(FRAMES, frames.length); f++) {
        out.append(f == 0 ? " at " : " < ").append(frames[f].getStackTraceElement());
      }
      cause = cause.getCause();
    }
    return out.toString();
  }
}
