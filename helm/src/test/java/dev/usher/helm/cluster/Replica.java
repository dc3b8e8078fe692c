package dev.usher.helm.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One running Usher, asked at its port for operators. */
final class Replica {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private final String name;
  private final String ops;

  /** At an address such as {@code http://10.244.0.7:9090}. */
  Replica(String name, String ops) {
    this.name = name;
    this.ops = ops;
  }

  String name() {
    return name;
  }

  /** The pods of its one upstream, as it sees them now. */
  JsonNode upstream() {
    return get("/api/upstreams").at("/upstreams/0");
  }

  int podsReady() {
    return upstream().path("podsReady").intValue();
  }

  JsonNode room() {
    return get("/api/rooms/concert");
  }

  /** The value of the first line of the metrics that begins so; NaN when there is none. */
  double metric(String start) {
    return text("/metrics")
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Whether anything listens there. */
  boolean answers() {
    try {
      return status("/livez") > 0;
    } catch (AssertionError silent) {
      return false;
    }
  }

  /** How long ago it heard from the API which pods are ready. */
  double podsAgeSeconds() {
    return upstream().path("podsAgeSeconds").asDouble(Double.NaN);
  }

  int status(String path) {
    return answer(path).statusCode();
  }

  private JsonNode get(String path) {
    try {
      return JSON.readTree(text(path));
    } catch (IOException e) {
      throw new AssertionError(name + path, e);
    }
  }

  private String text(String path) {
    return answer(path).body();
  }

  private HttpResponse<String> answer(String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(ops + path)).timeout(PATIENCE).build();
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(name + " does not answer at " + ops + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
