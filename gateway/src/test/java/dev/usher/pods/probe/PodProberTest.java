package dev.usher.pods.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import dev.usher.house.Wait;
import dev.usher.pods.Pod;
import dev.usher.pods.PodChange;
import dev.usher.pods.PodView;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.Roster;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real pods, asked over real sockets. */
class PodProberTest {
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<PodChange> changes = new LinkedBlockingQueue<>();
  private final AtomicInteger status = new AtomicInteger(200);

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    return await(future.toCompletionStage());
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private HttpServer pod(int port) {
    return await(
        vertx
            .createHttpServer()
            .requestHandler(r -> r.response().setStatusCode(status.get()).end())
            .listen(port, "127.0.0.1"));
  }

  private PodProber prober(Duration interval, Pod... pods) {
    return prober(vertx, interval, pods);
  }

  private PodProber prober(Vertx asking, Duration interval, Pod... pods) {
    var probe = new UpstreamOptions.ProbeOptions("/ready", interval, Duration.ofMillis(500), 1, 3);
    var options =
        new UpstreamOptions(
            "shop", List.of(pods), new Declared(50, 0, 10, 0), Tuning.DEFAULT, 10, probe);
    set = new Roster(options, changes::add);
    return new PodProber(asking, options, set, bound -> 0);
  }

  private Roster set =
      new Roster(
          new UpstreamOptions(
              "none",
              List.of(),
              new Declared(1, 0, 1, 0),
              Tuning.DEFAULT,
              1,
              new UpstreamOptions.ProbeOptions("/", Duration.ZERO, Duration.ZERO, 1, 1)),
          changes::add);

  /** What is told of a pod that was not ready yet, as on a busy machine, is passed over. */
  private PodChange next() throws InterruptedException {
    PodChange change = changes.poll(20, TimeUnit.SECONDS);
    while (change != null && change.kind() == PodChange.Kind.NOT_READY) {
      change = changes.poll(20, TimeUnit.SECONDS);
    }
    if (change == null) {
      throw new AssertionError("A pod must come or go within 20 seconds but none did");
    }
    return change;
  }

  @Test
  void theFirstRoundEndsInTimeThoughOnePodIsDeadAndOneSilent() {
    HttpServer alive = pod(0);
    HttpServer dead = pod(0);
    await(dead.close());
    var silent = await(vertx.createNetServer().connectHandler(s -> {}).listen(0, "127.0.0.1"));
    PodProber prober =
        prober(
            Duration.ofSeconds(60),
            new Pod("127.0.0.1", alive.actualPort(), false),
            new Pod("127.0.0.1", dead.actualPort(), false),
            new Pod("127.0.0.1", silent.actualPort(), false));
    long began = System.nanoTime();
    await(prober.begin());
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    assertThat(set.view()).extracting(view -> view.ready()).containsExactly(true, false, false);
    await(prober.end());
  }

  @Test
  @Tag("alone")
  void aPodThatRefusesConnectionsIsGoneWithinASecondAndComesBackByItself() throws Exception {
    HttpServer server = pod(0);
    int port = server.actualPort();
    PodProber prober = prober(Duration.ofMillis(300), new Pod("127.0.0.1", port, false));
    await(prober.begin());
    assertThat(next().kind()).isEqualTo(PodChange.Kind.READY);
    await(server.close());
    long died = System.nanoTime();
    PodChange gone = next();
    assertThat(gone.kind()).isEqualTo(PodChange.Kind.UNREADY);
    assertThat(gone.reason()).startsWith("probe failed");
    // Three probes: the regular one, then two in a hurry.
    assertThat(Duration.ofNanos(System.nanoTime() - died)).isLessThan(Duration.ofMillis(1500));
    pod(port);
    assertThat(next().kind()).isEqualTo(PodChange.Kind.READY);
    await(prober.end());
  }

  @Test
  void aPodThatSaysItIsNotReadyLeavesWithItsAnswerAsTheReason() throws Exception {
    HttpServer server = pod(0);
    PodProber prober =
        prober(Duration.ofMillis(50), new Pod("127.0.0.1", server.actualPort(), false));
    await(prober.begin());
    assertThat(next().kind()).isEqualTo(PodChange.Kind.READY);
    status.set(503);
    assertThat(next().reason()).startsWith("it answered 503 to GET /ready");
    await(prober.end());
  }

  private boolean servedBefore() {
    return set.see(1_000_000).pods().get(0).warmth() == 1;
  }

  /**
   * Asks for the first time, from a loop that right after that is busy for so long, until it is
   * known how the pod stands.
   */
  private PodView metWhileBusy(Duration busy, Pod pod) {
    Vertx starved = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      PodProber prober = prober(starved, Duration.ofSeconds(60), pod);
      CompletionStage<Void> round = prober.begin();
      starved.runOnContext(begin -> Wait.pause(busy));
      await(round);
      PodView met = met();
      await(prober.end());
      return met;
    } finally {
      await(starved.close());
    }
  }

  /** The pod, once it was heard or its silence was. */
  private PodView met() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end) {
      PodView view = set.view().get(0);
      if (view.ready() || view.metUnready()) {
        return view;
      }
      Wait.pause(20);
    }
    throw new AssertionError("A pod must be heard or taken for silent within 30 s but was not");
  }

  @Test
  void whatThisProcessWasTooBusyToHearIsNotThePodsFirstAnswer() {
    Pod pod = new Pod("127.0.0.1", pod(0).actualPort(), false);
    assertThat(metWhileBusy(Duration.ofMillis(900), pod).metUnready()).isFalse();
    assertThat(servedBefore()).isTrue();
  }

  @Test
  void aRefusedConnectionIsAnAnswerHoweverBusyThisProcessIs() {
    HttpServer server = pod(0);
    Pod pod = new Pod("127.0.0.1", server.actualPort(), false);
    await(server.close());
    assertThat(metWhileBusy(Duration.ofMillis(900), pod).metUnready()).isTrue();
  }

  @Test
  void whoSaysThatItIsNotReadyIsHeardThough() {
    status.set(503);
    Pod pod = new Pod("127.0.0.1", pod(0).actualPort(), false);
    assertThat(metWhileBusy(Duration.ofMillis(900), pod).metUnready()).isTrue();
    assertThat(servedBefore()).isFalse();
  }

  @Test
  void aPodThatIsTooSlowForItsFirstAnswerIsNotTakenForOneThatServedBefore() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer slow =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    r -> {
                      // Also where this process happens to be so busy that it asks again.
                      if (asked.incrementAndGet() > 5) {
                        r.response().end();
                      }
                    })
                .listen(0, "127.0.0.1"));
    PodProber prober =
        prober(Duration.ofSeconds(60), new Pod("127.0.0.1", slow.actualPort(), false));
    await(prober.begin());
    assertThat(met().metUnready()).isTrue();
    assertThat(next().kind()).isEqualTo(PodChange.Kind.READY);
    assertThat(servedBefore()).isFalse();
    await(prober.end());
  }

  @Test
  void aProcessThatIsAlwaysBusyAsksAFewTimesAndThenBelievesTheSilence() {
    AtomicInteger asked = new AtomicInteger();
    var silent =
        await(
            vertx
                .createNetServer()
                .connectHandler(s -> asked.incrementAndGet())
                .listen(0, "127.0.0.1"));
    Vertx starved = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    AtomicBoolean over = new AtomicBoolean();
    try {
      PodProber prober =
          prober(starved, Duration.ofSeconds(60), new Pod("127.0.0.1", silent.actualPort(), false));
      CompletionStage<Void> round = prober.begin();
      beBusy(starved, over);
      await(round);
      assertThat(met().metUnready()).isTrue();
      over.set(true);
      assertThat(asked).hasValueBetween(2, 5);
      await(prober.end());
    } finally {
      over.set(true);
      await(starved.close());
    }
  }

  private static void beBusy(Vertx starved, AtomicBoolean over) {
    starved.setTimer(
        1,
        now -> {
          Wait.pause(200);
          if (!over.get()) {
            beBusy(starved, over);
          }
        });
  }
}
