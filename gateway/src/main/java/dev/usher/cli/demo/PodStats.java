package dev.usher.cli.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** What the pods say about themselves. */
final class PodStats {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private PodStats() {}

  /** Starts the pods' measurements over. */
  static void forget(List<String> urls) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    for (String url : urls) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/stats/forget")).timeout(PATIENCE).build();
      var unused = client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    }
  }

  /** The highest p99 that any pod measured, in milliseconds; -1 if one cannot be asked. */
  static double slowestP99(List<String> urls) throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    double slowest = -1;
    for (String url : urls) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/stats")).timeout(PATIENCE).build();
      try {
        String said = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        slowest = Math.max(slowest, new JsonObject(said).getDouble("p99Ms"));
      } catch (IOException dead) {
        return -1;
      }
    }
    return slowest;
  }
}
