package dev.usher.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that visitors are shown: what its files hold now, or what they held when they
 * last held a good pair. The files' content is read, because mounted Secrets change by a link to
 * another directory.
 */
final class ServedCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(ServedCertificate.class);

  /**
   * A pair is used only at the second look that finds it, because one of the files may be written
   * first.
   */
  private static final long LOOK_MILLIS = 1000;

  private final ListenOptions.Tls files;
  private final ServerSSLOptions options;
  private volatile long endsAt;

  // From here on, one look at a time.
  private TlsFiles.@Nullable Pair lastSeen;
  private TlsFiles.@Nullable Pair judged;
  private @Nullable String unreadable;
  private boolean watching;

  /**
   * @param options the options with which the server was opened
   */
  ServedCertificate(ListenOptions.Tls files, ServerSSLOptions options) {
    this.files = files;
    this.options = options;
    try {
      lastSeen = TlsFiles.read(files);
      judged = lastSeen;
      endsAt = lastSeen.endsAt();
    } catch (IOException e) {
      // The server reports it in its own words when it starts to listen.
      endsAt = 0;
    }
  }

  /** When the certificate expires, in seconds since 1970; NaN if unknown. */
  double endsAtSeconds() {
    return endsAt == 0 ? Double.NaN : endsAt / 1000.0;
  }

  /** Starts to watch the files. Of servers that share a port, one is enough. */
  synchronized void watch(Vertx vertx, HttpServer server) {
    if (!watching) {
      watching = true;
      vertx.setPeriodic(
          LOOK_MILLIS,
          timer -> {
            var unused = vertx.executeBlocking(() -> look(server));
          });
    }
  }

  private synchronized boolean look(HttpServer server) {
    TlsFiles.Pair now = read();
    boolean stands = now != null && now.equals(lastSeen);
    lastSeen = now;
    if (now == null || !stands || now.equals(judged)) {
      return false;
    }
    judged = now;
    String trouble = now.trouble();
    if (trouble != null) {
      refused(trouble);
      return false;
    }
    return server
        .updateSSLOptions(options.copy().setKeyCertOptions(now.served()))
        .onSuccess(taken -> serves(now))
        .onFailure(failure -> refused(String.valueOf(failure.getMessage())))
        .isComplete();
  }

  private TlsFiles.@Nullable Pair read() {
    try {
      TlsFiles.Pair pair = TlsFiles.read(files);
      unreadable = null;
      return pair;
    } catch (IOException e) {
      String why = "it cannot be read: " + e.getMessage();
      if (!why.equals(unreadable)) {
        unreadable = why;
        refused(why);
      }
      return null;
    }
  }

  private void serves(TlsFiles.Pair pair) {
    endsAt = pair.endsAt();
    LOG.atInfo()
        .addKeyValue("certificate", files.certificate())
        .addKeyValue("ends", Instant.ofEpochMilli(endsAt))
        .log("certificate_applied");
  }

  private void refused(String problem) {
    LOG.atError()
        .addKeyValue("certificate", files.certificate())
        .addKeyValue("key", files.key())
        .addKeyValue("problem", problem)
        .addKeyValue("fix", "the one before is shown meanwhile; write both files that go together")
        .log("certificate_refused");
  }
}
