package dev.usher.config;

import dev.usher.admission.Declared;
import dev.usher.config.GatewayConfig.Upstream;
import dev.usher.config.schema.Settings;
import dev.usher.ops.OpsOptions;
import dev.usher.pods.Pod;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.provision.Scaling;
import dev.usher.server.ListenOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds settings that are each valid but cannot both be meant. */
final class Contradictions {
  /**
   * Sessions for each request that may be in flight, for visitors who request something every 20 s
   * and get an answer within a tenth of a second.
   */
  private static final int SESSIONS_PER_SLOT = 200;

  private static final Set<String> HERE =
      Set.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "[::]");

  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

  private Contradictions() {}

  /**
   * Looks for contradictions within an upstream, or with the address that the gateway listens on.
   */
  static void find(
      Map<String, Settings> named, List<Upstream> upstreams, ListenOptions listen, OpsOptions ops) {
    for (Upstream upstream : upstreams) {
      Settings settings = named.get(upstream.options().name());
      if (settings != null) {
        bears(settings, upstream.options().declared());
        itself(settings, "listen", listen.host(), listen.port());
        itself(settings, "ops", ops.host(), ops.port());
      }
    }
  }

  /**
   * Looks for what two upstreams cannot both have if they have the same Service.
   *
   * @param own the namespace that Usher itself is in, null for unknown
   */
  static void sameService(
      Map<String, Settings> named, List<Upstream> upstreams, @Nullable String own) {
    for (int i = 0; i < upstreams.size(); i++) {
      Upstream one = upstreams.get(i);
      Settings settings = named.get(one.options().name());
      for (int j = 0; j < upstreams.size() && settings != null; j++) {
        Upstream other = upstreams.get(j);
        if (j != i && isOfSame(one.kubernetes(), other.kubernetes(), own)) {
          gates(settings, one, other);
          if (j < i) {
            floors(settings, one, other);
          }
        }
      }
    }
  }

  private static boolean isOfSame(
      @Nullable KubernetesOptions one, @Nullable KubernetesOptions other, @Nullable String own) {
    return one != null
        && other != null
        && one.service().equals(other.service())
        && Objects.equals(namespace(one, own), namespace(other, own));
  }

  private static @Nullable String namespace(KubernetesOptions service, @Nullable String own) {
    return service.namespace() == null ? own : service.namespace();
  }

  /**
   * Refuses a gate for pods that are behind two upstreams: it says that they are warm, and only one
   * of the two would have warmed them.
   */
  private static void gates(Settings settings, Upstream gated, Upstream other) {
    KubernetesOptions service = gated.kubernetes();
    if (service != null && service.opensGate()) {
      settings
          .group("kubernetes")
          .refuse(
              "readinessGate",
              "must be false where another upstream has the same Service, "
                  + other.options().name()
                  + ", but was true: the gate would open when one of them has warmed a pod;"
                  + " give each upstream pods of its own, or leave the gate out");
    }
  }

  /** Refuses two floors of the same pods: there would be as many as one wants, not both. */
  private static void floors(Settings settings, Upstream second, Upstream first) {
    Scaling.Floor floor = second.scaling().floor();
    if (floor != Scaling.Floor.OFF && first.scaling().floor() != Scaling.Floor.OFF) {
      settings
          .group("scaling")
          .refuse(
              "floor",
              "must be off where another upstream with a floor has the same Service, "
                  + first.options().name()
                  + ", but was "
                  + floor.name().toLowerCase(Locale.ROOT)
                  + ": both would raise the same object, and each counts all of its pods as its"
                  + " own; make them one upstream with a room for each, or leave the floor to one"
                  + " of them");
    }
  }

  private static void bears(Settings upstream, Declared declared) {
    int most = declared.maxInFlight();
    if (most == 0) {
      return;
    }
    double busy = declared.requestsPerSecond() * declared.responseSeconds();
    if (busy > most) {
      upstream.refuse(
          "maxInFlightPerPod",
          String.format(
              Locale.ROOT,
              "must be at least %.0f, for requestsPerSecondPerPod times responseTime is as many at"
                  + " once, but was %d: raise it, or declare fewer requests a second",
              Math.ceil(busy),
              most));
    }
    if (declared.sessions() > (long) SESSIONS_PER_SLOT * most) {
      upstream.refuse(
          "sessionsPerPod",
          String.format(
              Locale.ROOT,
              "must be at most %d where maxInFlightPerPod is %d, for not even visitors who ask for"
                  + " something only every 20 s share a slot with more, but was %d: a pod that"
                  + " carries so many sessions must be allowed more requests at once",
              SESSIONS_PER_SLOT * most,
              most,
              declared.sessions()));
    }
  }

  /** Refuses a gateway that is its own pod, which would ask itself, round and round. */
  private static void itself(Settings upstream, String setting, String host, int port) {
    for (Settings.Item item : upstream.items("pods")) {
      Pod pod = UpstreamReader.pod(item.text());
      boolean here = EVERYWHERE.contains(host) || isHere(host);
      boolean same = pod != null && (here ? isHere(pod.host()) : pod.host().equals(host));
      if (same && pod != null && pod.port() == port) {
        upstream.refuse(
            item,
            "must be the address of a pod but is the gateway's own ("
                + setting
                + ".port): let one of the two listen on another port");
      }
    }
  }

  private static boolean isHere(String host) {
    return HERE.contains(host) || host.startsWith("127.");
  }
}
