package dev.usher.helm.proof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.usher.pods.kubernetes.Cluster;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A way to the API through which a replica sends so many changes and then is heard of no more, as
 * one that dies in the middle of what it does.
 */
final class ApiTurnstile implements AutoCloseable {
  private static final String PATCH = "PATCH";

  private final KubernetesClient client;
  private final HttpServer server;
  private Death death = Death.BEFORE;
  private int left;
  private boolean dead;

  /** When a replica dies. */
  enum Death {
    /** Before its request reaches the API. */
    BEFORE,
    /** After the request was carried out, before the answer is there. */
    AFTER
  }

  ApiTurnstile(KubernetesClient client) {
    this.client = client;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::pass);
    server.start();
  }

  /** A new replica, which dies at the change after so many. */
  Cluster replica(int changes, Death when) {
    left = changes;
    death = when;
    dead = false;
    var config =
        new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .build();
    return Cluster.open(config, Map.of(), bound -> 0);
  }

  /** Whether it came so far that it died. */
  boolean isDead() {
    return dead;
  }

  private void pass(HttpExchange asked) throws IOException {
    boolean changes = asked.getRequestMethod().equals(PATCH);
    boolean dies = changes && left-- == 0;
    if (dead || (dies && death == Death.BEFORE)) {
      dead = true;
      asked.close();
      return;
    }
    HttpResponse<byte[]> answer = send(asked);
    if (dies) {
      dead = true;
      asked.close();
      return;
    }
    asked.getResponseHeaders().set("Content-Type", "application/json");
    asked.sendResponseHeaders(answer.code(), answer.body().length);
    asked.getResponseBody().write(answer.body());
    asked.close();
  }

  private HttpResponse<byte[]> send(HttpExchange asked) throws IOException {
    String uri =
        client.getMasterUrl().toString().replaceAll("/$", "") + asked.getRequestURI().toString();
    HttpRequest.Builder request = client.getHttpClient().newHttpRequestBuilder().uri(uri);
    String body = new String(asked.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!body.isEmpty()) {
      String type = asked.getRequestHeaders().getFirst("Content-Type");
      request.method(asked.getRequestMethod(), type, body);
    }
    return client.getHttpClient().sendAsync(request.build(), byte[].class).join();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
