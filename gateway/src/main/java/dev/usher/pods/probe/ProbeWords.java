package dev.usher.pods.probe;

import dev.usher.pods.ProbeFailure;
import dev.usher.pods.UpstreamOptions.ProbeOptions;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The result of a probe in words, with what to change if the pod may be healthy all the same. */
final class ProbeWords {
  private static final String UNEXPECTED_TLS = "not an SSL/TLS record";

  /** A server without TLS may wait for the end of the first line, which never comes. */
  private static final String SILENT_TLS =
      ": if it does not speak TLS there, write http:// instead of https://; probe.timeout may be"
          + " longer";

  private final ProbeOptions probe;
  private final boolean tls;

  ProbeWords(ProbeOptions probe) {
    this(probe, false);
  }

  /**
   * @param tls whether requests to the pod use TLS
   */
  ProbeWords(ProbeOptions probe, boolean tls) {
    this.probe = probe;
    this.tls = tls;
  }

  /** What is wrong with a pod that answered with this status; null if it is ready. */
  @Nullable ProbeFailure answered(int status) {
    if (probe.answer().isReady(status)) {
      return null;
    }
    String words = "it answered " + status + " to GET " + probe.path() + site();
    String ready = ", and ready is " + probe.answer().statuses();
    return new ProbeFailure(true, words + ready + remedy(status));
  }

  private String remedy(int status) {
    return switch (status) {
      case 400, 421 -> ifTheSiteIsNamed("; set probe.host to the host that its site is called by");
      case 401, 403 -> "; set probe.path to one that needs no login, or probe.status";
      case 404 -> ifTheSiteIsNamed("; set probe.path to one that is there, or probe.host");
      case 405 -> "; set probe.path to one that takes GET";
      default ->
          status < 500
              ? "; set probe.path to one that a ready pod answers so, or probe.status"
              : ": it says itself that it is not ready";
    };
  }

  private String ifTheSiteIsNamed(String remedy) {
    return probe.answer().host() == null ? remedy : "; set probe.path to another, or probe.status";
  }

  private String site() {
    return probe.answer().host() == null ? "" : " of " + probe.answer().host();
  }

  /**
   * What is wrong with a pod that gave no answer.
   *
   * @param connected whether it accepted the connection
   */
  ProbeFailure failed(boolean connected, Throwable why) {
    return new ProbeFailure(connected, "probe failed: " + words(connected, why));
  }

  private String words(boolean connected, Throwable why) {
    String message = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    if (why instanceof ConnectException && message.contains("refused")) {
      return "nothing listens there (connection refused)";
    }
    if (why instanceof UnknownHostException) {
      return "there is no such host (" + message + ")";
    }
    if (why instanceof NoRouteToHostException || (why instanceof ConnectException && !connected)) {
      return "it took no connection (" + message + "): is it the right address?";
    }
    if (innermost(why).contains(UNEXPECTED_TLS)) {
      return "it does not speak TLS there: write http:// instead of https://";
    }
    if (why instanceof SSLException || why.getCause() instanceof SSLException) {
      return "TLS was not agreed on (" + innermost(why) + ")";
    }
    if (why instanceof TimeoutException) {
      String within = " within " + probe.timeout().toMillis() + " ms";
      return connected
          ? "no answer to GET " + probe.path() + within + "; probe.timeout may be longer"
          : "no connection" + within + (tls ? SILENT_TLS : "; probe.timeout may be longer");
    }
    if (why instanceof HttpClosedException || message.contains("reset")) {
      return "it closed the connection without an answer; does it want TLS (https://), or is there"
          + " a mesh in STRICT mode (docs/kubernetes.md)?";
    }
    return message;
  }

  private static String innermost(Throwable why) {
    Throwable inner = why;
    while (inner.getCause() != null && inner.getCause() != inner) {
      inner = inner.getCause();
    }
    return String.valueOf(inner.getMessage());
  }
}
