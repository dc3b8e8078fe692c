package dev.usher.pods.kubernetes;

import dev.usher.pods.Pod;
import dev.usher.pods.PodFact;
import dev.usher.pods.PodFact.Standing;
import dev.usher.pods.PodTraits;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The join of all slices of a service, and of what is known of the pods themselves, to one list of
 * pods. Whichever of the two is first to say that a pod goes is right.
 */
final class Endpoints {
  private final KubernetesOptions service;
  private final PodIndex index;

  /**
   * The pods of the last join, by uid: a living pod that is in no slice for a moment is not gone.
   */
  private Map<String, PodFact> before = Map.of();

  Endpoints(KubernetesOptions service, PodIndex index) {
    this.service = service;
    this.index = index;
  }

  /**
   * The pods as they stand.
   *
   * @param pods each of them, once
   * @param ports the ports that the slices name, as an operator may write them
   * @param portMissing whether there are endpoints, but none has the port
   * @param awaited those of which only Usher's readiness gate keeps others away
   */
  record Joined(
      List<PodFact> pods,
      Set<String> ports,
      boolean portMissing,
      Map<Pod, ReadinessGate.Waiting> awaited) {}

  Joined join(Collection<EndpointSlice> slices, @Nullable String ownZone) {
    Map<String, PodFact> byUid = new LinkedHashMap<>();
    Map<Pod, PodFact> byAddress = new LinkedHashMap<>();
    Map<Pod, ReadinessGate.Waiting> awaited = new LinkedHashMap<>();
    Set<String> ports = new TreeSet<>();
    boolean missing = false;
    for (EndpointSlice slice : inOrder(slices)) {
      EndpointPort port = port(slice, ports);
      missing |= port == null && !slice.getEndpoints().isEmpty();
      if (port == null) {
        continue;
      }
      for (Endpoint endpoint : slice.getEndpoints()) {
        PodFact fact = fact(endpoint, port, ownZone);
        if (fact != null) {
          PodFact known = fact.life().isEmpty() ? null : byUid.putIfAbsent(fact.life(), fact);
          // A pod of two address families is one pod; inOrder has put IPv4 first.
          if (known == null || known.pod().equals(fact.pod())) {
            byAddress.merge(fact.pod(), fact, Endpoints::both);
            if (gate(fact.life()) == ReadinessGate.Standing.SHUT) {
              awaited.put(
                  fact.pod(),
                  new ReadinessGate.Waiting(endpoint.getTargetRef().getName(), fact.life()));
            }
          }
        }
      }
    }
    keepAbsent(byUid, byAddress);
    before = byUid;
    return new Joined(
        List.copyOf(byAddress.values()), ports, missing && byAddress.isEmpty(), awaited);
  }

  private ReadinessGate.Standing gate(String uid) {
    PodLife life = uid.isEmpty() ? null : index.life(uid);
    return life == null || life.leaving() ? ReadinessGate.Standing.NONE : life.gate();
  }

  private static List<EndpointSlice> inOrder(Collection<EndpointSlice> slices) {
    List<EndpointSlice> sorted = new ArrayList<>(slices);
    sorted.removeIf(slice -> "FQDN".equals(slice.getAddressType()));
    sorted.sort(
        (a, b) ->
            Objects.requireNonNullElse(a.getAddressType(), "")
                .compareTo(Objects.requireNonNullElse(b.getAddressType(), "")));
    return sorted;
  }

  /** An endpoint that moves from one slice to another is in both for a moment. */
  private static PodFact both(PodFact one, PodFact other) {
    if (one.standing() == Standing.LEAVING || other.standing() == Standing.READY) {
      return one.standing() == Standing.LEAVING ? one : other;
    }
    return other.standing() == Standing.LEAVING ? other : one;
  }

  private void keepAbsent(Map<String, PodFact> byUid, Map<Pod, PodFact> byAddress) {
    before.forEach(
        (uid, fact) -> {
          PodLife life = index.life(uid);
          if (life != null && !life.leaving() && !byUid.containsKey(uid)) {
            PodFact absent = fact.standing(Standing.UNREADY);
            byUid.put(uid, absent);
            byAddress.putIfAbsent(fact.pod(), absent);
          }
        });
  }

  private @Nullable EndpointPort port(EndpointSlice slice, Set<String> known) {
    List<EndpointPort> ports = slice.getPorts() == null ? List.of() : slice.getPorts();
    EndpointPort found = null;
    for (EndpointPort port : ports) {
      if (port.getPort() == null) {
        continue;
      }
      String name = Objects.requireNonNullElse(port.getName(), "");
      String number = String.valueOf(port.getPort());
      known.add(name.isEmpty() ? number : name + " (" + number + ")");
      String wanted = service.port();
      if (wanted == null ? ports.size() == 1 : wanted.equals(name) || wanted.equals(number)) {
        found = port;
      }
    }
    return found;
  }

  private @Nullable PodFact fact(Endpoint endpoint, EndpointPort port, @Nullable String ownZone) {
    if (endpoint.getAddresses() == null || endpoint.getAddresses().isEmpty()) {
      return null;
    }
    // Any of several addresses may be used; they are the same endpoint.
    Pod pod = new Pod(endpoint.getAddresses().get(0), port.getPort(), service.tls());
    boolean ofPod =
        endpoint.getTargetRef() != null && "Pod".equals(endpoint.getTargetRef().getKind());
    String uid = ofPod ? Objects.requireNonNullElse(endpoint.getTargetRef().getUid(), "") : "";
    PodLife life = uid.isEmpty() ? null : index.life(uid);
    boolean leaves = (life != null && life.leaving()) || index.isDeleted(uid);
    PodTraits traits =
        new PodTraits(
            endpoint.getNodeName(),
            endpoint.getZone(),
            life == null ? null : life.template(),
            life == null ? 0 : life.sessions(),
            service.preferZone() && ownZone != null && ownZone.equals(endpoint.getZone()));
    Standing standing = leaves ? Standing.LEAVING : standing(endpoint.getConditions());
    if (standing == Standing.UNREADY
        && service.opensGate()
        && gate(uid) != ReadinessGate.Standing.NONE) {
      // It is ready for Usher, which warms it; and once Usher has opened its gate soon for all.
      standing = Standing.READY;
    }
    return life == null
        ? new PodFact(pod, uid, -1, standing, traits)
        : new PodFact(
            pod,
            uid,
            life.restarts().ofPort(pod.port()).restarts(),
            standing,
            life.readySince(pod.port()),
            traits);
  }

  /**
   * The standing by an endpoint's conditions. Without "ready" it is ready. If the service publishes
   * pods that are not ready, all are "ready", and "serving" tells which really are.
   */
  private static Standing standing(@Nullable EndpointConditions conditions) {
    if (conditions == null) {
      return Standing.READY;
    }
    if (Boolean.TRUE.equals(conditions.getTerminating())) {
      return Standing.LEAVING;
    }
    boolean ready = !Boolean.FALSE.equals(conditions.getReady());
    boolean serving = !Boolean.FALSE.equals(conditions.getServing());
    return ready && serving ? Standing.READY : Standing.UNREADY;
  }

  /** The versions of the slices by name, as the watch knows them. */
  static Map<String, String> versions(Collection<EndpointSlice> slices) {
    Map<String, String> versions = new HashMap<>();
    slices.forEach(
        slice ->
            versions.put(slice.getMetadata().getName(), slice.getMetadata().getResourceVersion()));
    return versions;
  }
}
