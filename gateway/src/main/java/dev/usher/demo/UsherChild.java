package dev.usher.demo;

import dev.usher.drill.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Usher itself, in a JVM of its own, as an operator would start it. */
final class UsherChild implements AutoCloseable {
  private static final int LOOKS = 200;
  private static final long LOOK_MS = 100;
  private static final List<String> JVM = List.of("-Xmx1g", "-XX:+UseSerialGC");

  /** Above the longest pause of a visitor, and short, as those who just go keep a place so long. */
  private static final String SESSION_TIMEOUT = "15s";

  private final ChildJvm child;

  private UsherChild(ChildJvm child) {
    this.child = child;
  }

  /** Starts it in front of the pods, and waits until it is ready. */
  static UsherChild start(DemoPlan plan, Ports ports, Site site, Path dir)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("dev.usher.Main", "run"));
    for (String url : site.urls()) {
      command.addAll(List.of("--upstream", url));
    }
    command.addAll(
        List.of(
            "--sessions-per-pod",
            String.valueOf(plan.sessionsPerPod()),
            "--max-in-flight-per-pod",
            String.valueOf(plan.maxInFlightPerPod()),
            "--session-timeout",
            SESSION_TIMEOUT,
            "--port",
            String.valueOf(ports.visitors()),
            "--ops-port",
            String.valueOf(ports.ops())));
    UsherChild usher = new UsherChild(ChildJvm.start("usher", dir, JVM, command));
    try {
      usher.awaitReady("http://127.0.0.1:" + ports.ops() + "/readyz");
    } catch (IllegalStateException e) {
      usher.close();
      throw e;
    }
    return usher;
  }

  private void awaitReady(String url) throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(1)).build();
    for (int look = 0; look < LOOKS && child.alive(); look++) {
      try {
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It is still starting; whether it died is asked above.
      }
      Thread.sleep(LOOK_MS);
    }
    throw new IllegalStateException("Usher did not become ready. It printed:\n" + child.printed());
  }

  @Override
  public void close() {
    child.close();
  }
}
