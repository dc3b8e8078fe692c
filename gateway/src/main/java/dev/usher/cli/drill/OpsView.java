package dev.usher.cli.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A view of Usher's own metrics, taken now and then. */
public final class OpsView implements Supplier<@Nullable OpsSample> {
  /** Longest wait for an answer: the sampling must not wait for a busy gateway. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final HttpRequest request;

  /** Reads {@code /metrics} below this address. */
  public OpsView(String opsUrl) {
    String base = opsUrl.endsWith("/") ? opsUrl.substring(0, opsUrl.length() - 1) : opsUrl;
    request = HttpRequest.newBuilder(URI.create(base + "/metrics")).timeout(PATIENCE).build();
  }

  @Override
  public @Nullable OpsSample get() {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? OpsMetrics.read(answer.body()) : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
