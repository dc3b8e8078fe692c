package dev.usher.pods.probe;

import dev.usher.pods.Pod;
import dev.usher.pods.PodDiscovery;
import dev.usher.pods.ProbeFailure;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.UpstreamOptions.ProbeOptions;
import dev.usher.pods.roster.Roster;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The prober of an upstream's pods: asks each one, again and again, whether it is ready, and tells
 * the roster.
 */
public final class PodProber implements PodDiscovery {
  /**
   * How often a pod is asked that just failed, or is out: after three failures it is gone within a
   * second, and it is back a moment after it can work again.
   */
  private static final long HURRY_MILLIS = 250;

  /**
   * How often a process that starts and gets no processor asks a pod for its first answer. After
   * that the pod's silence counts, or a pod that starts much later would be taken for one that
   * served already.
   */
  private static final int FIRST_QUESTIONS = 5;

  private final Vertx vertx;
  private final Roster pods;
  private final Set<Pod> probed = ConcurrentHashMap.newKeySet();
  private final IntUnaryOperator random;
  private final HttpClientAgent client;
  private volatile UpstreamOptions upstream;
  private volatile boolean stopped;
  private volatile boolean patient;

  /**
   * The answer to one question.
   *
   * @param failure what is wrong with the pod; null if it is ready
   * @param late whether its time was over before anything was heard
   */
  private record Heard(@Nullable ProbeFailure failure, boolean late) {}

  /**
   * Makes a prober that asks nothing before {@link #begin}.
   *
   * @param random gives a number below its argument, so that replicas do not probe in step
   */
  public PodProber(Vertx vertx, UpstreamOptions upstream, Roster pods, IntUnaryOperator random) {
    this.vertx = vertx;
    this.pods = pods;
    this.upstream = upstream;
    this.random = random;
    // A new connection each time, because the pod is also asked whether it still accepts
    // connections.
    HttpClientOptions options = new HttpClientOptions().setKeepAlive(false);
    this.client =
        vertx.createHttpClient(
            options, new PoolOptions().setHttp1MaxSize(2).setMaxWaitQueueSize(2));
  }

  /**
   * Starts to probe. Completes when each pod has answered or its time was over, so within the
   * probe's time-out; never fails.
   */
  @Override
  public CompletionStage<Void> begin() {
    return firstRound().toCompletionStage();
  }

  private Future<Void> firstRound() {
    List<Future<?>> rounds = new ArrayList<>();
    for (Pod pod : upstream.pods()) {
      if (probed.add(pod)) {
        rounds.add(first(pod));
      }
    }
    return Future.join(rounds).mapEmpty();
  }

  /**
   * Does the first round for a caller who wants to know of each pod, however busy this process is.
   */
  public Future<Void> patientRound() {
    patient = true;
    return firstRound();
  }

  /**
   * Takes over changed options and a changed list of pods. Completes when each new pod has answered
   * or its time was over.
   */
  @Override
  public CompletionStage<Void> reconfigure(UpstreamOptions changed) {
    upstream = changed;
    return begin();
  }

  @Override
  public CompletionStage<Void> end() {
    stopped = true;
    return client.shutdown(0, TimeUnit.MILLISECONDS).toCompletionStage();
  }

  /**
   * Asks a pod for its first answer. All its questions are asked on one loop, which is watched at
   * first.
   */
  private Future<Void> first(Pod pod) {
    Promise<Void> asked = Promise.promise();
    ((VertxInternal) vertx)
        .createEventLoopContext()
        .runOnContext(
            begin -> {
              if (stopped) {
                asked.complete();
              } else {
                firstOf(pod, FIRST_QUESTIONS).onComplete(asked);
              }
            });
    return asked.future();
  }

  /**
   * Asks until there is a first answer, by which a pod is judged to have served before us. It must
   * be an answer that we were able to hear: a time-out while this process had no processor says
   * nothing of the pod, and no start waits for more. A refused connection, or another status, is an
   * answer whenever it comes.
   */
  private Future<Void> firstOf(Pod pod, int questions) {
    Stalls stalls = Stalls.during(vertx, upstream.probe().timeout());
    return ask(pod)
        .compose(
            heard -> {
              boolean stalled = stalls.end();
              if (stalled && heard.late() && questions > 1 && !stopped) {
                Future<Void> again = firstOf(pod, questions - 1);
                return patient ? again : Future.succeededFuture();
              }
              hear(pod, heard.failure());
              return Future.succeededFuture();
            });
  }

  private Future<Void> probe(Pod pod) {
    return ask(pod).onSuccess(heard -> hear(pod, heard.failure())).mapEmpty();
  }

  private void hear(Pod pod, @Nullable ProbeFailure failure) {
    if (!stopped) {
      pods.probed(pod, failure);
      vertx.setTimer(nextIn(pod, failure != null), id -> again(pod));
    }
  }

  private void again(Pod pod) {
    if (!upstream.pods().contains(pod)) {
      probed.remove(pod);
      // Between the check and this the pod may have been listed again and found to be probed.
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
    // Up to a tenth earlier, so that replicas do not probe in step.
    return Math.max(1, delay - random.applyAsInt((int) Math.max(1, delay / 10)));
  }

  private boolean isOut(Pod pod) {
    return pods.view().stream().anyMatch(view -> view.pod().equals(pod) && !view.ready());
  }

  /** Asks once; never fails. */
  private Future<Heard> ask(Pod pod) {
    ProbeOptions probe = upstream.probe();
    ProbeWords words = new ProbeWords(probe, pod.tls());
    AtomicBoolean connected = new AtomicBoolean();
    return client
        .request(ProbeRequest.to(pod, probe))
        .compose(
            asked -> {
              connected.set(true);
              return asked.send();
            })
        .compose(response -> response.end().map(ended -> judge(words, response.statusCode())))
        .timeout(probe.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(failure -> new Heard(words.failed(connected.get(), failure), isLate(failure)));
  }

  private static Heard judge(ProbeWords words, int status) {
    return new Heard(words.answered(status), false);
  }

  private static boolean isLate(Throwable failure) {
    return failure instanceof TimeoutException || failure instanceof ConnectTimeoutException;
  }
}
