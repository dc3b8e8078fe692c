package dev.usher.pods.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What an operator reads when the API says no. */
final class ApiTroubleTest {
  @Test
  void aMissingRightIsNamedByVerbResourceAndNamespace() {
    ApiTrouble trouble =
        ApiTrouble.of(
            new CompletionException(
                new KubernetesClientException(
                    "endpointslices.discovery.k8s.io is forbidden: User"
                        + " \"system:serviceaccount:usher:usher\" cannot watch resource"
                        + " \"endpointslices\" in API group \"discovery.k8s.io\" in the namespace"
                        + " \"shop\"",
                    403,
                    null)));
    assertThat(trouble.event()).isEqualTo("kubernetes_forbidden");
    assertThat(trouble.problem())
        .isEqualTo(
            "Usher must be allowed to watch endpointslices.discovery.k8s.io in namespace shop but"
                + " is not");
  }

  @Test
  void aRefusedWatchIsNamedThoughOnlyItsAddressIsTold() {
    ApiTrouble trouble =
        ApiTrouble.of(
            new KubernetesClientException(
                "Received 403 on websocket. Failure executing: GET at:"
                    + " https://10.96.0.1/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices"
                    + "?allowWatchBookmarks=true&timeoutSeconds=600&watch=true."
                    + " Message: Forbidden.",
                403,
                null));
    assertThat(trouble.problem())
        .isEqualTo(
            "Usher must be allowed to watch endpointslices.discovery.k8s.io in namespace shop but"
                + " is not");
  }

  @Test
  void anApiThatIsAwayIsToldByTheInnermostReason() {
    ApiTrouble trouble =
        ApiTrouble.of(
            new CompletionException(
                new KubernetesClientException("wrapped", new ConnectException("refused"))));
    assertThat(trouble.event()).isEqualTo("kubernetes_unreachable");
    assertThat(trouble.problem()).endsWith(": refused");
  }

  @Test
  void aWrongPortIsNamedWithThoseThereAre() {
    assertThat(ApiTrouble.noPort("shop", "https", Set.of("http (8080)")).problem())
        .isEqualTo("upstreams.shop.kubernetes.port must be one of http (8080) but was https");
    assertThat(ApiTrouble.noPort("shop", null, Set.of("http (8080)")).problem())
        .contains("upstreams.shop.kubernetes.port must be set");
  }
}
