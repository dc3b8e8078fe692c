package dev.usher.pods.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import dev.usher.pods.Pod;
import dev.usher.pods.PodChange;
import dev.usher.pods.PodView;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.UpstreamOptions.ProbeAnswer;
import dev.usher.pods.roster.Roster;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made of a pod's answers to probes, and what is said of them. */
class ProbeAnswersTest {
  /** However busy the machine is, it waits for the answer. */
  private static final Duration PATIENT = Duration.ofSeconds(9);

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<PodChange> changes = new LinkedBlockingQueue<>();
  private final AtomicInteger status = new AtomicInteger(200);
  private final AtomicInteger requests = new AtomicInteger();
  private volatile @Nullable String answeredFor;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private HttpServer server() {
    return vertx
        .createHttpServer()
        .requestHandler(
            asked -> {
              requests.incrementAndGet();
              boolean other = answeredFor != null && !answeredFor.equals(asked.getHeader("Host"));
              asked.response().setStatusCode(other ? 421 : status.get()).end();
            })
        .listen(0, "127.0.0.1")
        .await();
  }

  private Pod pod() {
    return new Pod("127.0.0.1", server().actualPort(), false);
  }

  /** Asks these for the first time, and again and again. */
  private Roster asked(Duration interval, ProbeAnswer answer, Pod... pods) {
    var probe = new UpstreamOptions.ProbeOptions("/ready", interval, PATIENT, 1, 3, answer);
    var options =
        new UpstreamOptions(
            "shop", List.of(pods), new Declared(50, 0, 10, 0), Tuning.DEFAULT, 10, probe);
    Roster set = new Roster(options, changes::add);
    Future.fromCompletionStage(new PodProber(vertx, options, set, bound -> 0).begin()).await();
    return set;
  }

  private PodChange next() throws InterruptedException {
    return Objects.requireNonNull(changes.poll(20, TimeUnit.SECONDS), "a change of the pods");
  }

  @Test
  void aPodThatRedirectsIsReadyAsItIsWithKubernetes() throws Exception {
    status.set(302);
    asked(PATIENT, ProbeAnswer.USUAL, pod());
    assertThat(next().kind()).isEqualTo(PodChange.Kind.READY);
  }

  @Test
  void aPodThatNeverWasReadyIsToldOnceWithWhatToChangeAndNotAtEachProbe() throws Exception {
    status.set(401);
    Roster set = asked(Duration.ofMillis(20), ProbeAnswer.USUAL, pod());
    PodChange told = next();
    assertThat(told.kind()).isEqualTo(PodChange.Kind.NOT_READY);
    assertThat(told.reason())
        .isEqualTo(
            "it answered 401 to GET /ready, and ready is 200-399; set probe.path to one that needs"
                + " no login, or probe.status");
    int before = requests.get();
    while (requests.get() < before + 5) {
      Thread.onSpinWait();
    }
    assertThat(set.view()).singleElement().extracting(PodView::said).isEqualTo(told.reason());
    status.set(200);
    // Nothing was told in between.
    assertThat(next().kind()).isEqualTo(PodChange.Kind.READY);
  }

  @Test
  void aPodThatAnswersOnlyToItsSiteIsAskedForItByTheUsualPort() throws Exception {
    answeredFor = "tickets.example";
    Pod pod = pod();
    asked(PATIENT, ProbeAnswer.USUAL, pod);
    assertThat(next().reason()).startsWith("it answered 421").contains("set probe.host");
    asked(PATIENT, new ProbeAnswer(200, 200, "tickets.example"), pod);
    assertThat(next().kind()).isEqualTo(PodChange.Kind.READY);
  }

  @Test
  void ofPodsThatGiveNoAnswerItIsSaidWhatTheyDidInstead() {
    HttpServer dead = server();
    dead.close().await();
    var closing =
        vertx.createNetServer().connectHandler(s -> s.close()).listen(0, "127.0.0.1").await();
    // As the proxy of a mesh does with what is not encrypted as the mesh wants it.
    var resetting =
        vertx
            .createNetServer(new NetServerOptions().setSoLinger(0))
            .connectHandler(s -> s.handler(head -> s.close()))
            .listen(0, "127.0.0.1")
            .await();
    Roster set =
        asked(
            PATIENT,
            ProbeAnswer.USUAL,
            new Pod("127.0.0.1", dead.actualPort(), false),
            new Pod("127.0.0.1", closing.actualPort(), false),
            new Pod("127.0.0.1", resetting.actualPort(), false),
            new Pod("127.0.0.1", server().actualPort(), true));
    assertThat(set.view())
        .extracting(PodView::said)
        .satisfiesExactly(
            said -> assertThat(said).startsWith("probe failed: nothing listens there ("),
            said -> assertThat(said).contains("closed the connection without an answer"),
            said -> assertThat(said).contains("closed the connection").contains("mesh in STRICT"),
            said -> assertThat(said).contains("write http:// instead of https://"));
  }
}
