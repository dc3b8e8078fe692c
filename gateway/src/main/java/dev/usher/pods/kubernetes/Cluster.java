package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the Kubernetes API, and where in the cluster this replica is. It finds the API
 * as kubectl does: inside a pod by the pod's service account, elsewhere by {@code KUBECONFIG}.
 */
public final class Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  /**
   * Environment variable with the Service of Usher itself, whose slices tell the zone of each of
   * its pods.
   */
  static final String OWN_SERVICE = "USHER_SERVICE";

  static final String OWN_POD = "USHER_POD";

  /** Environment variable with the namespace of Usher itself. */
  public static final String OWN_NAMESPACE = "USHER_NAMESPACE";

  /** The label that names a slice's service. */
  static final String SERVICE_NAME = "kubernetes.io/service-name";

  /** Longest wait for an answer; the API answers such questions in milliseconds. */
  private static final int REQUEST_MILLIS = 5000;

  private static final int CONNECT_MILLIS = 2000;

  /**
   * The first wait before a broken watch is begun again; it doubles five times. Random, so that not
   * all replicas come back to a restarted API in step.
   */
  private static final int AGAIN_MILLIS = 100;

  private final Vertx vertx;
  private final KubernetesClient client;
  private final Map<String, String> environment;
  private final IntUnaryOperator random;
  private volatile boolean zoneForbidden;

  private Cluster(
      Vertx vertx,
      KubernetesClient client,
      Map<String, String> environment,
      IntUnaryOperator random) {
    this.vertx = vertx;
    this.client = client;
    this.environment = environment;
    this.random = random;
  }

  /**
   * Makes a client; asks nothing yet.
   *
   * @param environment the environment, from which a pod learns its name
   * @param random gives a number below its argument
   */
  public static Cluster open(Map<String, String> environment, IntUnaryOperator random) {
    return open(new ConfigBuilder().build(), environment, random);
  }

  /** Makes a client of an API that has already been found. */
  public static Cluster open(
      Config found, Map<String, String> environment, IntUnaryOperator random) {
    // A loop of its own, because a list of a thousand pods is no visitor's business.
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(1));
    Config config =
        new ConfigBuilder(found)
            .withRequestTimeout(REQUEST_MILLIS)
            .withConnectionTimeout(CONNECT_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectInterval(AGAIN_MILLIS + random.applyAsInt(AGAIN_MILLIS))
            .build();
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new Vertx5HttpClientFactory(vertx))
            .build();
    return new Cluster(vertx, client, environment, random);
  }

  /** The client for questions to the API. */
  public KubernetesClient client() {
    return client;
  }

  IntUnaryOperator random() {
    return random;
  }

  /** Where the API is, for people to read. */
  public String address() {
    return client.getMasterUrl().toString();
  }

  /** Where the service is: in Usher's own namespace, unless it names another. */
  Location place(KubernetesOptions service) {
    String namespace = service.namespace() != null ? service.namespace() : ownNamespace();
    return new Location(namespace, service.service());
  }

  /** Where the service is: in Usher's own namespace, unless it names another. */
  public String namespaceOf(KubernetesOptions service) {
    return place(service).namespace();
  }

  /** The namespace that whoever asks is in. */
  public String namespace() {
    return ownNamespace();
  }

  String ownNamespace() {
    String told = environment.getOrDefault(OWN_NAMESPACE, "");
    return told.isBlank() ? Objects.requireNonNullElse(client.getNamespace(), "default") : told;
  }

  /**
   * The zone that this replica is in, as the slices of its own service say; null if they do not, or
   * if it was not told which service and pod it is.
   */
  @Nullable String ownZone() {
    String pod = environment.getOrDefault(OWN_POD, "");
    if (ownService().isBlank() || pod.isBlank() || zoneForbidden) {
      return null;
    }
    try {
      return ownSlices().stream()
          .map(EndpointSlice::getEndpoints)
          .filter(Objects::nonNull)
          .flatMap(endpoints -> endpoints.stream())
          .filter(endpoint -> endpoint.getTargetRef() != null)
          .filter(endpoint -> pod.equals(endpoint.getTargetRef().getName()))
          .map(Endpoint::getZone)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      // Without the zone a service is no worse off than one that names no zones: ignored.
      zoneForbidden = true;
      LOG.atWarn()
          .addKeyValue("problem", ApiTrouble.of(e).problem())
          .addKeyValue("fix", "grant it, or set zones: ignore; until then all pods are alike")
          .log("kubernetes_zone_unknown");
      return null;
    }
  }

  private List<EndpointSlice> ownSlices() {
    return client
        .discovery()
        .v1()
        .endpointSlices()
        .inNamespace(ownNamespace())
        .withLabel(SERVICE_NAME, ownService())
        .list()
        .getItems();
  }

  /** Which Usher this is: its namespace and its own Service, the same for all its replicas. */
  public String usher() {
    return ownService().isBlank() ? "usher" : ownNamespace() + "/" + ownService();
  }

  /** The Service of Usher itself; blank if it was not told. */
  String ownService() {
    return environment.getOrDefault(OWN_SERVICE, "");
  }

  /** Closes its connections and threads. */
  public Future<Void> close() {
    client.close();
    return vertx.close();
  }
}
