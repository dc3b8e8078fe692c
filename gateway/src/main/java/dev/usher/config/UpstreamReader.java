package dev.usher.config;

import dev.usher.admission.Declared;
import dev.usher.admission.Tuning;
import dev.usher.capacity.UpstreamOptions;
import dev.usher.config.GatewayConfig.Upstream;
import dev.usher.edge.ProxyOptions;
import dev.usher.room.Pod;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code upstreams}: its pods and what each of them bears. */
final class UpstreamReader {
  private UpstreamReader() {}

  static Upstream read(String name, Settings upstream) {
    int maxInFlight = upstream.count("maxInFlightPerPod");
    int connections = upstream.count("connectionsPerPod");
    UpstreamOptions options =
        new UpstreamOptions(
            name,
            pods(upstream),
            new Declared(upstream.count("sessionsPerPod"), 0, maxInFlight, 0),
            Tuning.DEFAULT,
            upstream.count("holdQueue"),
            probe(upstream.group("probe")));
    ProxyOptions proxy =
        new ProxyOptions(
            upstream.duration("connectTimeout"),
            upstream.duration("requestTimeout"),
            upstream.duration("hold"),
            connections == 0 ? maxInFlight : connections);
    return new Upstream(options, proxy);
  }

  private static UpstreamOptions.ProbeOptions probe(Settings probe) {
    return new UpstreamOptions.ProbeOptions(
        probe.text("path"),
        probe.duration("interval"),
        probe.duration("timeout"),
        probe.count("readyAfter"),
        probe.count("unreadyAfter"));
  }

  private static List<Pod> pods(Settings upstream) {
    Map<Pod, Settings.Item> pods = new LinkedHashMap<>();
    for (Settings.Item item : upstream.items("pods")) {
      Pod pod = pod(item.text());
      if (pod == null) {
        upstream.refuse(
            item,
            "must have a host and a port from 1 to 65535 but was \""
                + ScalarCheck.clip(item.text())
                + "\"");
      } else {
        Settings.Item before = pods.putIfAbsent(pod, item);
        if (before != null) {
          upstream.refuse(item, "must be listed once but " + before.path() + " is the same pod");
        }
      }
    }
    return List.copyOf(pods.keySet());
  }

  private static @Nullable Pod pod(String url) {
    URI uri = URI.create(url);
    boolean tls = uri.getScheme().equals("https");
    int port = uri.getPort() != -1 ? uri.getPort() : tls ? 443 : 80;
    String host = uri.getHost();
    return host == null || port < 1 || port > 65535 ? null : new Pod(host, port, tls);
  }
}
