package dev.usher.cli.drill.http;

import dev.usher.words.EnumWords;
import java.net.BindException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.util.Locale;

/** What can go wrong for a visitor. The names are the words of the report. */
public enum Trouble {
  /** Nothing listened there. */
  REFUSED(true),
  /** The connection was not accepted in time. */
  CONNECT_TIMED_OUT(true),
  /** The certificate is not one that browsers accept; {@code --insecure} accepts it. */
  UNTRUSTED(true),
  /** HTTP/2 was asked for, but the server does not speak it. */
  NO_HTTP2(true),
  /** The connection broke before the answer was complete. */
  CUT_OFF(true),
  /** No answer came within the visitor's patience. */
  NO_ANSWER(true),
  /** The answer was a 5xx. */
  SERVER_ERROR(false),
  /** The answer was a 4xx: too many, not allowed, not found. */
  TURNED_AWAY(false),
  /** The answer would make no sense to a browser. */
  UNREADABLE(false),
  /** An admitted visitor was sent back to the line. */
  SENT_BACK(false),
  /** This process ran out of files or ports: the drill failed, not its target. */
  OWN_LIMIT(false);

  private final boolean connection;

  Trouble(boolean connection) {
    this.connection = connection;
  }

  /** Whether a visitor's browser would call it a connection error. */
  public boolean ofConnection() {
    return connection;
  }

  /** The word for it in reports. */
  public String word() {
    return EnumWords.spoken(this);
  }

  static Trouble ofConnecting(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof CertificateException) {
        return UNTRUSTED;
      }
    }
    if (cause instanceof BindException
        || message.contains("too many open files")
        || message.contains("cannot assign requested address")) {
      return OWN_LIMIT;
    }
    if (message.contains("timed out") || message.contains("timeout")) {
      return CONNECT_TIMED_OUT;
    }
    if (cause instanceof ConnectException && message.contains("refused")) {
      return REFUSED;
    }
    return CUT_OFF;
  }
}
