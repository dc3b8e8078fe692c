package dev.usher.pods.probe;

import dev.usher.pods.Pod;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.UpstreamOptions.ProbeOptions;
import dev.usher.pods.warm.PodCaller;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks pods for pages, for the site and the name that probes ask for, to warm them. */
public final class PathCaller implements PodCaller {
  /** A pod that was never called may load classes for some seconds before it answers. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int CONNECTIONS_MOST = 64;

  private final HttpClientAgent client;
  private volatile ProbeOptions probe;

  public PathCaller(Vertx vertx, UpstreamOptions upstream) {
    this.probe = upstream.probe();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS_MOST));
  }

  /** Takes over a changed site, or another name of the pods. */
  public void reconfigure(UpstreamOptions changed) {
    probe = changed.probe();
  }

  @Override
  public CompletionStage<Answer> call(Pod pod, String path) {
    ProbeOptions as = probe;
    ProbeOptions asked = new ProbeOptions(path, as.interval(), TIMEOUT, 1, 1, as.answer());
    AtomicReference<HttpClientRequest> sent = new AtomicReference<>();
    return client
        .request(ProbeRequest.to(pod, asked))
        .compose(request -> send(request, sent))
        .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(
            why -> {
              HttpClientRequest open = sent.get();
              if (open != null) {
                // Nobody waits for the rest of the answer.
                var unused = open.reset();
              }
              return new Answer(open != null, 0, words(asked, pod, open != null, why));
            })
        .toCompletionStage();
  }

  private static String words(ProbeOptions asked, Pod pod, boolean connected, Throwable why) {
    if (why instanceof TimeoutException) {
      return "no answer within " + TIMEOUT.toSeconds() + " s";
    }
    String words = new ProbeWords(asked, pod.tls()).failed(connected, why).reason();
    return words.replaceFirst("^probe failed: ", "");
  }

  private static Future<Answer> send(
      HttpClientRequest request, AtomicReference<HttpClientRequest> sent) {
    sent.set(request);
    long began = System.nanoTime();
    return request
        .send()
        .compose(
            response -> {
              long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
              String trouble = trouble(response.statusCode(), response.getHeader("Location"));
              return response.end().map(ended -> new Answer(true, micros, trouble));
            });
  }

  /** Only the page itself warms the pod: an error or a redirect runs other code. */
  private static @Nullable String trouble(int status, @Nullable String location) {
    if (status >= 200 && status < 300) {
      return null;
    }
    return status >= 300 && status < 400
        ? "it answered " + status + " to " + location + ", which is not followed: list that path"
        : "it answered " + status;
  }

  /** Stops; answers still on their way are not waited for. */
  public Future<Void> end() {
    return client.shutdown(0, TimeUnit.MILLISECONDS);
  }
}
