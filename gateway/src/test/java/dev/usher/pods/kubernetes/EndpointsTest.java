package dev.usher.pods.kubernetes;

import static dev.usher.pods.PodFact.Standing.LEAVING;
import static dev.usher.pods.PodFact.Standing.READY;
import static dev.usher.pods.PodFact.Standing.UNREADY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.usher.pods.Pod;
import dev.usher.pods.PodFact;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditionsBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Slices of all kinds, made one list. */
final class EndpointsTest {
  private final PodIndex book = new PodIndex(() -> {});
  private final ResourceEventHandler<io.fabric8.kubernetes.api.model.Pod> told = book.anew();
  private Endpoints endpoints = endpoints(null);

  {
    told.onList("6", true);
  }

  private Endpoints endpoints(@Nullable String port) {
    return new Endpoints(new KubernetesOptions(null, "shop", port, false, true, true), book);
  }

  private static Endpoint endpoint(String address, String uid) {
    return new EndpointBuilder()
        .withAddresses(address)
        .withNodeName("node-1")
        .withZone("a")
        .withNewTargetRef()
        .withKind("Pod")
        .withUid(uid)
        .endTargetRef()
        .build();
  }

  private static Endpoint endpoint(String address, String uid, Conditions conditions) {
    Endpoint endpoint = endpoint(address, uid);
    endpoint.setConditions(
        new EndpointConditionsBuilder()
            .withReady(conditions.ready())
            .withServing(conditions.serving())
            .withTerminating(conditions.terminating())
            .build());
    return endpoint;
  }

  /** As the API has them; null is left out. */
  private record Conditions(
      @Nullable Boolean ready, @Nullable Boolean serving, @Nullable Boolean terminating) {}

  private static EndpointSlice slice(String type, Map<String, Integer> ports, Endpoint... all) {
    EndpointSliceBuilder slice =
        new EndpointSliceBuilder()
            .withNewMetadata()
            .withName("shop-" + all.length)
            .withResourceVersion("7")
            .endMetadata()
            .withAddressType(type)
            .withEndpoints(all);
    ports.forEach((name, port) -> slice.addNewPort().withName(name).withPort(port).endPort());
    return slice.build();
  }

  private static EndpointSlice slice(Endpoint... all) {
    return slice("IPv4", Map.of("http", 8080), all);
  }

  private void pod(String uid, int restarts, boolean deleted) {
    told.onAdd(
        new PodBuilder()
            .withNewMetadata()
            .withUid(uid)
            .withLabels(Map.of("pod-template-hash", "v1"))
            .withAnnotations(Map.of(PodLife.SESSIONS, "150"))
            .withDeletionTimestamp(deleted ? "2026-01-01T00:00:00Z" : null)
            .endMetadata()
            .withNewStatus()
            .addNewContainerStatus()
            .withRestartCount(restarts)
            .endContainerStatus()
            .endStatus()
            .build());
  }

  private List<PodFact> join(EndpointSlice... slices) {
    return endpoints.join(List.of(slices), "a").pods();
  }

  private PodFact.Standing standing(
      @Nullable Boolean ready, @Nullable Boolean serving, @Nullable Boolean terminating) {
    Conditions conditions = new Conditions(ready, serving, terminating);
    return join(slice(endpoint("10.0.0.1", "u", conditions))).get(0).standing();
  }

  @Test
  void whatIsLeftOutIsReady() {
    assertThat(join(slice(endpoint("10.0.0.1", "u"))).get(0).standing()).isEqualTo(READY);
    assertThat(standing(null, null, null)).isEqualTo(READY);
    assertThat(standing(true, null, false)).isEqualTo(READY);
    assertThat(standing(false, false, false)).isEqualTo(UNREADY);
  }

  @Test
  void whoTerminatesIsLeavingEvenIfItStillServes() {
    assertThat(standing(false, true, true)).isEqualTo(LEAVING);
    assertThat(standing(true, true, true)).isEqualTo(LEAVING);
  }

  @Test
  void aServiceThatPublishesPodsThatAreNotReadyDoesNotMakeThemReady() {
    assertThat(standing(true, false, false)).isEqualTo(UNREADY);
    assertThat(standing(true, true, false)).isEqualTo(READY);
  }

  /** A pod with these gates, of which it has passed so many; its containers are ready or not. */
  private void podAtGates(boolean containersReady, List<String> gates, int passed) {
    PodBuilder pod = new PodBuilder().withNewMetadata().withUid("u").endMetadata();
    pod.editOrNewStatus()
        .addNewCondition()
        .withType("ContainersReady")
        .withStatus(containersReady ? "True" : "False")
        .withLastTransitionTime("2026-01-01T00:00:00Z")
        .endCondition()
        .endStatus();
    gates.forEach(
        gate ->
            pod.editOrNewSpec()
                .addNewReadinessGate()
                .withConditionType(gate)
                .endReadinessGate()
                .endSpec());
    gates
        .subList(0, passed)
        .forEach(
            gate ->
                pod.editOrNewStatus()
                    .addNewCondition()
                    .withType(gate)
                    .withStatus("True")
                    .endCondition()
                    .endStatus());
    told.onAdd(pod.build());
  }

  @Test
  void aPodAtUshersGateAloneIsReadyForUsher() {
    Endpoint unready = endpoint("10.0.0.1", "u", new Conditions(false, false, false));
    unready.getTargetRef().setName("shop-1");
    podAtGates(true, List.of("usher.dev/warm"), 0);
    Endpoints.Joined joined = endpoints.join(List.of(slice(unready)), "a");
    assertThat(joined.pods().get(0).standing()).isEqualTo(READY);
    assertThat(joined.pods().get(0).readySince()).as("nothing is known of its work").isZero();
    assertThat(joined.awaited())
        .isEqualTo(
            Map.of(new Pod("10.0.0.1", 8080, false), new ReadinessGate.Waiting("shop-1", "u")));
    podAtGates(false, List.of("usher.dev/warm"), 0);
    assertThat(join(slice(unready)).get(0).standing()).isEqualTo(UNREADY);
    podAtGates(true, List.of("example.com/lb", "usher.dev/warm"), 0);
    assertThat(join(slice(unready)).get(0).standing()).isEqualTo(UNREADY);
    podAtGates(true, List.of("example.com/lb", "usher.dev/warm"), 1);
    assertThat(join(slice(unready)).get(0).standing()).isEqualTo(READY);
    podAtGates(true, List.of("usher.dev/warm"), 1);
    joined = endpoints.join(List.of(slice(unready)), "a");
    assertThat(joined.awaited()).isEmpty();
    assertThat(joined.pods().get(0).standing()).as("readiness follows the gate").isEqualTo(READY);
    Endpoint going = endpoint("10.0.0.1", "u", new Conditions(false, true, true));
    podAtGates(true, List.of("usher.dev/warm"), 0);
    assertThat(join(slice(going)).get(0).standing()).isEqualTo(LEAVING);
  }

  @Test
  void aGateThatIsNotUshersToOpenKeepsThePodOut() {
    podAtGates(true, List.of("usher.dev/warm"), 0);
    endpoints = new Endpoints(new KubernetesOptions(null, "shop", null, false, true, false), book);
    Endpoint unready = endpoint("10.0.0.1", "u", new Conditions(false, false, false));
    assertThat(join(slice(unready)).get(0).standing()).isEqualTo(UNREADY);
    assertThat(endpoints.join(List.of(slice(unready)), "a").awaited()).hasSize(1);
  }

  @Test
  void allSlicesAreOneListAndAnEndpointInTwoOfThemIsOnePod() {
    Endpoint one = endpoint("10.0.0.1", "u1");
    List<PodFact> pods = join(slice(one, endpoint("10.0.0.2", "u2")), slice(one));
    assertThat(pods)
        .extracting(PodFact::pod)
        .containsExactly(new Pod("10.0.0.1", 8080, false), new Pod("10.0.0.2", 8080, false));
    // While it moves it may be ready in the one and not yet in the other.
    Endpoint unready = endpoint("10.0.0.1", "u1", new Conditions(false, false, false));
    assertThat(join(slice(unready), slice(one))).extracting(PodFact::standing).containsOnly(READY);
    Endpoint leaving = endpoint("10.0.0.1", "u1", new Conditions(false, false, true));
    assertThat(join(slice(one), slice(leaving)))
        .extracting(PodFact::standing)
        .containsOnly(LEAVING);
  }

  @Test
  void aPodOfTwoAddressFamiliesIsOnePodByItsIpv4Address() {
    List<PodFact> pods =
        join(
            slice(
                "IPv6", Map.of("http", 8080), endpoint("fd00::1", "u1"), endpoint("fd00::2", "u2")),
            slice("IPv4", Map.of("http", 8080), endpoint("10.0.0.1", "u1")),
            slice("FQDN", Map.of("http", 8080), endpoint("shop.example", "u3")));
    assertThat(pods)
        .extracting(fact -> fact.pod().host())
        .containsExactlyInAnyOrder("10.0.0.1", "fd00::2");
  }

  @Test
  void portsAreFoundByNameAndByNumberAndMayDifferFromSliceToSlice() {
    EndpointSlice two =
        slice("IPv4", Map.of("http", 8080, "admin", 9000), endpoint("10.0.0.1", "u1"));
    EndpointSlice other =
        slice("IPv4", Map.of("http", 8081, "admin", 9000), endpoint("10.0.0.2", "u2"));
    endpoints = endpoints("http");
    assertThat(join(two, other)).extracting(fact -> fact.pod().port()).containsExactly(8080, 8081);
    endpoints = endpoints("9000");
    assertThat(join(two, other)).extracting(fact -> fact.pod().port()).containsExactly(9000, 9000);
  }

  @Test
  void aPortThatIsNotThereIsToldWithThoseThatAre() {
    endpoints = endpoints("https");
    EndpointSlice two = slice("IPv4", Map.of("http", 8080, "", 9000), endpoint("10.0.0.1", "u"));
    Endpoints.Joined joined = endpoints.join(List.of(two), null);
    assertThat(joined.portMissing()).isTrue();
    assertThat(joined.ports()).containsExactly("9000", "http (8080)");
    endpoints = endpoints(null);
    assertThat(join(slice("IPv4", Map.of("a", 1, "b", 2), endpoint("10.0.0.1", "u")))).isEmpty();
  }

  @Test
  void whatSlicesDoNotSayComesFromThePod() {
    pod("u", 3, false);
    PodFact fact = join(slice(endpoint("10.0.0.1", "u"))).get(0);
    assertThat(fact.restarts()).isEqualTo(3);
    assertThat(fact.traits().template()).isEqualTo("v1");
    assertThat(fact.traits().sessions()).isEqualTo(150);
    assertThat(fact.traits().zone()).isEqualTo("a");
    assertThat(fact.traits().near()).isTrue();
    assertThat(endpoints.join(List.of(slice(endpoint("10.0.0.1", "u"))), "b").pods().get(0))
        .returns(false, other -> other.traits().near());
  }

  /** A pod whose containers were started anew so often; each serves one port, 0 for none. */
  private void pod(String uid, List<int[]> portsAndRestarts) {
    PodBuilder pod = new PodBuilder().withNewMetadata().withUid(uid).endMetadata();
    for (int i = 0; i < portsAndRestarts.size(); i++) {
      int[] each = portsAndRestarts.get(i);
      ContainerBuilder container = new ContainerBuilder().withName("c" + i);
      if (each[0] > 0) {
        container.addNewPort().withContainerPort(each[0]).endPort();
      }
      pod.editOrNewSpec().addToContainers(container.build()).endSpec();
      pod.editOrNewStatus()
          .addNewContainerStatus()
          .withName("c" + i)
          .withRestartCount(each[1])
          .endContainerStatus()
          .endStatus();
    }
    told.onAdd(pod.build());
  }

  @Test
  void onlyTheContainerThatServesIsThePodsLife() {
    // A mesh put its proxy first, and that was started anew four times.
    pod("u", List.of(new int[] {15090, 4}, new int[] {8080, 1}));
    assertThat(join(slice(endpoint("10.0.0.1", "u"))).get(0).restarts()).isEqualTo(1);
    // Nobody declares the port: the first one is taken to serve.
    pod("u", List.of(new int[] {0, 2}, new int[] {15090, 9}));
    assertThat(join(slice(endpoint("10.0.0.1", "u"))).get(0).restarts()).isEqualTo(2);
  }

  @Test
  void aDeletedPodIsLeavingBeforeItsSliceSaysSo() {
    pod("u", 0, true);
    assertThat(join(slice(endpoint("10.0.0.1", "u"))))
        .extracting(PodFact::standing)
        .containsOnly(LEAVING);
    told.onDelete(new PodBuilder().withNewMetadata().withUid("u").endMetadata().build(), false);
    assertThat(join(slice(endpoint("10.0.0.1", "u"))))
        .extracting(PodFact::standing)
        .containsOnly(LEAVING);
  }

  @Test
  void whoIsInNoSliceForAMomentButLivesIsUnreadyAndWhoDoesNotIsGone() {
    pod("u1", 0, false);
    join(slice(endpoint("10.0.0.1", "u1"), endpoint("10.0.0.2", "u2")));
    assertThat(join(slice()))
        .extracting(PodFact::pod, PodFact::standing)
        .containsExactly(tuple(new Pod("10.0.0.1", 8080, false), UNREADY));
    told.onDelete(new PodBuilder().withNewMetadata().withUid("u1").endMetadata().build(), false);
    assertThat(join(slice())).isEmpty();
  }

  @Test
  void endpointsWithoutAPodOrAnAddressAreNoTrouble() {
    Endpoint manual = new EndpointBuilder().withAddresses("192.0.2.1").build();
    assertThat(join(slice(manual, new EndpointBuilder().build())))
        .extracting(PodFact::life, PodFact::restarts)
        .containsExactly(tuple("", -1));
  }
}
