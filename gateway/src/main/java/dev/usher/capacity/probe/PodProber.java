package dev.usher.capacity.probe;

import dev.usher.capacity.PodSet;
import dev.usher.capacity.ProbeFailure;
import dev.usher.capacity.UpstreamOptions;
import dev.usher.capacity.UpstreamOptions.ProbeOptions;
import dev.usher.room.Pod;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntUnaryOperator;

/** Asks each pod of an upstream, again and again, whether it is ready, and tells the pod set. */
public final class PodProber {
  /**
   * A pod that just failed, or is out, is asked this often: three failures and it is gone within a
   * second, and it is back a moment after it can work again.
   */
  private static final long HURRY_MILLIS = 250;

  private static final ProbeFailure NONE = new ProbeFailure(true, "");

  private final Vertx vertx;
  private final PodSet pods;
  private final Set<Pod> probed = ConcurrentHashMap.newKeySet();
  private final IntUnaryOperator random;
  private final HttpClientAgent client;
  private volatile UpstreamOptions upstream;
  private volatile boolean stopped;

  /**
   * Asks nobody before {@link #firstRound}.
   *
   * @param random gives a number below its argument, so that replicas do not probe in step
   */
  public PodProber(Vertx vertx, UpstreamOptions upstream, PodSet pods, IntUnaryOperator random) {
    this.vertx = vertx;
    this.pods = pods;
    this.upstream = upstream;
    this.random = random;
    // A new connection each time: what is asked is also whether the pod still takes connections.
    HttpClientOptions options = new HttpClientOptions().setKeepAlive(false);
    this.client =
        vertx.createHttpClient(
            options, new PoolOptions().setHttp1MaxSize(2).setMaxWaitQueueSize(2));
  }

  /**
   * Begins to probe. Done when each pod has answered or its time was over, so within the probe's
   * time-out; never fails.
   */
  public Future<Void> firstRound() {
    List<Future<?>> rounds = new ArrayList<>();
    for (Pod pod : upstream.pods()) {
      if (probed.add(pod)) {
        rounds.add(probe(pod));
      }
    }
    return Future.join(rounds).mapEmpty();
  }

  /**
   * Probes so from now on, and the pods of this list.
   *
   * @return done when each new one has answered or its time was over; never fails
   */
  public Future<Void> take(UpstreamOptions changed) {
    upstream = changed;
    return firstRound();
  }

  /** Ends probing; answers still on their way are not waited for. */
  public Future<Void> stop() {
    stopped = true;
    return client.shutdown(0, TimeUnit.MILLISECONDS);
  }

  private Future<Void> probe(Pod pod) {
    return ask(pod)
        .map(
            failure -> {
              if (!stopped) {
                boolean failed = !failure.equals(NONE);
                pods.probed(pod, failed ? failure : null);
                vertx.setTimer(nextIn(pod, failed), id -> again(pod));
              }
              return failure;
            })
        .mapEmpty();
  }

  private void again(Pod pod) {
    if (!upstream.pods().contains(pod)) {
      probed.remove(pod);
      // Between the look and this it may have been listed again, and found to be probed.
      if (!upstream.pods().contains(pod) || !probed.add(pod)) {
        return;
      }
    }
    if (!stopped) {
      var unused = probe(pod);
    }
  }

  private long nextIn(Pod pod, boolean failed) {
    long interval = upstream.probe().interval().toMillis();
    boolean hurry = failed || isOut(pod);
    long delay = hurry ? Math.min(interval, HURRY_MILLIS) : interval;
    // Up to a tenth earlier.
    return Math.max(1, delay - random.applyAsInt((int) Math.max(1, delay / 10)));
  }

  private boolean isOut(Pod pod) {
    return pods.view().stream().anyMatch(view -> view.pod().equals(pod) && !view.ready());
  }

  /** What is wrong with the pod, {@link #NONE} when it is ready. */
  private Future<ProbeFailure> ask(Pod pod) {
    ProbeOptions probe = upstream.probe();
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(pod.host())
            .setPort(pod.port())
            .setSsl(pod.tls())
            .setURI(probe.path())
            .setConnectTimeout(probe.timeout().toMillis())
            .setTimeout(probe.timeout().toMillis());
    AtomicBoolean connected = new AtomicBoolean();
    return client
        .request(request)
        .compose(
            asked -> {
              connected.set(true);
              return asked.send();
            })
        .compose(response -> response.end().map(ended -> judge(response.statusCode())))
        .timeout(probe.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(failure -> new ProbeFailure(connected.get(), describe(failure)));
  }

  private static ProbeFailure judge(int status) {
    return status / 100 == 2 ? NONE : new ProbeFailure(true, "probe was answered " + status);
  }

  private static String describe(Throwable failure) {
    String message = failure.getMessage();
    return "probe failed: " + (message == null ? failure.getClass().getSimpleName() : message);
  }
}
