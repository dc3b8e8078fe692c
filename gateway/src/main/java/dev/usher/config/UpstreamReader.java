package dev.usher.config;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import dev.usher.config.GatewayConfig.Upstream;
import dev.usher.config.schema.ScalarCheck;
import dev.usher.config.schema.Settings;
import dev.usher.doorkeeper.LossReserve;
import dev.usher.http.Cidr;
import dev.usher.pods.Pod;
import dev.usher.pods.PodTls;
import dev.usher.pods.Sticky;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.provision.Scaling;
import dev.usher.proxy.connection.OutsideOptions;
import dev.usher.proxy.connection.ProxyOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one entry of {@code upstreams}: its pods, what each of them bears, and how careful to be.
 */
final class UpstreamReader {
  /** The part of the capacity that is kept free if visitors may come in while the store is away. */
  private static final double KEPT_FOR_LOSS = 0.1;

  private UpstreamReader() {}

  /**
   * @param trusted addresses of the trusted proxies
   */
  static Upstream read(String name, Settings upstream, List<Cidr> trusted) {
    Declared declared = declared(upstream);
    PodTls tls = PodTlsReader.read(upstream);
    UpstreamOptions options =
        new UpstreamOptions(
            name,
            pods(upstream),
            declared,
            tuning(upstream, upstream.group("admission")),
            upstream.count("holdQueue"),
            probe(upstream.group("probe"), tls),
            upstream.amount("streamsShare"),
            sticky(upstream.text("sticky")),
            upstream.group("warmUp").texts("paths"));
    ProxyOptions proxy =
        new ProxyOptions(
                upstream.duration("connectTimeout"),
                upstream.duration("requestTimeout"),
                upstream.duration("hold"),
                upstream.duration("podIdle"),
                connections(upstream.count("connectionsPerPod"), declared),
                outside(upstream.group("outside"), trusted))
            .knowing(tls);
    boolean shares = upstream.text("onStoreLoss").equals("share");
    return new Upstream(
        options,
        kubernetes(upstream),
        proxy,
        new LossReserve(proxy.requestTimeout(), shares ? KEPT_FOR_LOSS : 0),
        scaling(upstream.group("scaling"), upstream.isSet("kubernetes")));
  }

  private static Scaling scaling(Settings scaling, boolean hasService) {
    int min = scaling.count("min");
    int max = scaling.count("max");
    if (max != Scaling.UNBOUNDED && max < min) {
      scaling.refuse(
          "max", "must be at least scaling.min, " + min + ", or 0 for no limit, but was " + max);
      max = min;
    }
    Scaling.Floor floor = Scaling.Floor.valueOf(word(scaling.text("floor")));
    if (floor != Scaling.Floor.OFF && !hasService) {
      scaling.refuse(
          "floor",
          "must be off where the pods are listed, because nobody is known to make more of them, but"
              + " was "
              + scaling.text("floor")
              + ": set kubernetes instead of pods");
    }
    return new Scaling(min, max, scaling.duration("within"), scaling.duration("podStart"), floor);
  }

  /** The constant that a word of the file names. */
  private static String word(String written) {
    // An off without quotes, as a reader of older YAML understands it.
    return (written.equals("false") ? "off" : written).toUpperCase(Locale.ROOT);
  }

  private static OutsideOptions outside(Settings outside, List<Cidr> trusted) {
    List<Cidr> unlimited = new ArrayList<>(trusted);
    unlimited.addAll(ListenReader.blocks(outside, "unlimitedFrom"));
    boolean written = outside.isSet("inFlightPerAddress");
    return new OutsideOptions(
        written ? outside.count("inFlightPerAddress") : OutsideOptions.BY_SLOTS, unlimited);
  }

  /** Null if the pods are listed. */
  private static @Nullable KubernetesOptions kubernetes(Settings upstream) {
    Settings service = upstream.groupIfSet("kubernetes");
    if (service == null) {
      if (!upstream.isSet("pods")) {
        upstream.refuse(
            "pods",
            "must be set, or kubernetes instead, but both are missing: they say where the pods"
                + " are");
      }
      return null;
    }
    if (upstream.isSet("pods")) {
      upstream.refuse("kubernetes", "must be the only one of pods and kubernetes but both are set");
    }
    return new KubernetesOptions(
        service.textOrNull("namespace"),
        service.text("service"),
        service.textOrNull("port"),
        service.text("tls").equals("true"),
        service.text("zones").equals("prefer"),
        service.text("readinessGate").equals("true"));
  }

  private static Sticky sticky(String written) {
    return Sticky.valueOf(word(written));
  }

  private static Declared declared(Settings upstream) {
    int sessions = upstream.count("sessionsPerPod");
    double requests = upstream.amount("requestsPerSecondPerPod");
    int maxInFlight = upstream.count("maxInFlightPerPod");
    boolean none = sessions == 0 && requests == 0 && maxInFlight == 0;
    return new Declared(
        // It is noted already that there is none.
        none ? 1 : sessions,
        requests,
        maxInFlight,
        upstream.duration("responseTime").toMillis() / 1000.0);
  }

  private static Tuning tuning(Settings upstream, Settings admission) {
    long warmUp = admission.duration("warmUp").toMillis();
    Settings calls = upstream.group("warmUp");
    boolean called = !calls.items("paths").isEmpty();
    if (called && warmUp == 0) {
      calls.refuse(
          "paths",
          "must be empty where admission.warmUp is 0s, for pods that are warm as soon as they are"
              + " ready are never called: set admission.warmUp, or leave the paths out");
    }
    Tuning tuning =
        new Tuning(
            warmUp,
            // An operator who says that pods need no time to warm up does not mean that they need
            // work.
            warmUp == 0 ? 0 : admission.count("warmUpRequests"),
            admission.amount("coldShare"),
            admission.amount("startAt"),
            admission.amount("learnUpTo"),
            admission.count("surviveLossOf"),
            admission.amount("overOffer"));
    return called
        ? tuning.calling(calls.amount("share"), calls.duration("within").toMillis())
        : tuning;
  }

  private static int connections(int written, Declared declared) {
    if (written > 0) {
      return written;
    }
    // A connection holds a slot, so the pods' caps limit the connections, too.
    return declared.maxInFlight() > 0 ? declared.maxInFlight() : Integer.MAX_VALUE;
  }

  private static UpstreamOptions.ProbeOptions probe(Settings probe, PodTls tls) {
    return new UpstreamOptions.ProbeOptions(
        probe.text("path"),
        probe.duration("interval"),
        probe.duration("timeout"),
        probe.count("readyAfter"),
        probe.count("unreadyAfter"),
        answer(probe, tls));
  }

  private static UpstreamOptions.ProbeAnswer answer(Settings probe, PodTls tls) {
    String written = probe.text("status");
    String[] ends = written.split("-", 2);
    int least = Integer.parseInt(ends[0]);
    int most = Integer.parseInt(ends[ends.length - 1]);
    if (least > most) {
      probe.refuse("status", "must have its lower end first but was \"" + written + "\"");
    }
    return new UpstreamOptions.ProbeAnswer(least, most, probe.textOrNull("host"), tls);
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

  static @Nullable Pod pod(String url) {
    URI uri = URI.create(url);
    boolean tls = uri.getScheme().equals("https");
    int port = uri.getPort() != -1 ? uri.getPort() : tls ? 443 : 80;
    String host = uri.getHost();
    return host == null || port < 1 || port > 65535 ? null : new Pod(host, port, tls);
  }
}
