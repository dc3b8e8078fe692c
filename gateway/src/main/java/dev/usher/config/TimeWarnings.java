package dev.usher.config;

import dev.usher.config.GatewayConfig.Upstream;
import dev.usher.config.schema.Settings;
import dev.usher.proxy.connection.ProxyOptions;
import dev.usher.server.ListenOptions;
import java.time.Duration;

/** Warns of times that contradict each other: allowed, but one of them would never take effect. */
final class TimeWarnings {
  /** The shortest time for which common proxies keep an idle connection. */
  private static final Duration KEPT_BY_PROXIES = Duration.ofSeconds(60);

  private TimeWarnings() {}

  static void check(Settings listen, ListenOptions read) {
    Settings limits = listen.group("limits");
    ListenOptions.Limits times = read.limits();
    if (!read.trustedProxies().isEmpty() && times.trustedIdle().compareTo(KEPT_BY_PROXIES) < 0) {
      limits.warn(
          "trustedIdle",
          "should be longer than trusted proxies keep an idle connection, mostly 60s or more, but"
              + (" was " + written(times.trustedIdle()))
              + ": a proxy that sends by a connection that is just being closed loses the request");
    }
    if (times.headerRead().compareTo(times.idle()) > 0) {
      limits.warn(
          "headerRead",
          "should be at most idle, "
              + (written(times.idle()) + ", but was " + written(times.headerRead()))
              + ": a connection without a whole request is idle, and closed then");
    }
  }

  static void check(Settings upstream, Upstream read) {
    ProxyOptions times = read.proxy();
    if (times.hold().compareTo(times.requestTimeout()) > 0) {
      upstream.warn(
          "hold",
          "should be at most requestTimeout, "
              + (written(times.requestTimeout()) + ", but was " + written(times.hold()))
              + ": a visitor would wait longer for a slot than for the answer");
    }
    if (times.connectTimeout().compareTo(times.requestTimeout()) > 0) {
      upstream.warn(
          "connectTimeout",
          "should be at most requestTimeout, "
              + (written(times.requestTimeout()) + ", but was " + written(times.connectTimeout())));
    }
  }

  private static String written(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
  }
}
