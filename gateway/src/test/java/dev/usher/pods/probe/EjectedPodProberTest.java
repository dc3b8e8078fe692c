package dev.usher.pods.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import dev.usher.admission.PodLimit;
import dev.usher.admission.capacity.Tuning;
import dev.usher.house.Wait;
import dev.usher.pods.Pod;
import dev.usher.pods.PodFact;
import dev.usher.pods.PodTls;
import dev.usher.pods.PodTraits;
import dev.usher.pods.Slot;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.UpstreamOptions.ProbeAnswer;
import dev.usher.pods.UpstreamOptions.ProbeOptions;
import dev.usher.pods.roster.Roster;
import dev.usher.pods.slots.PodSet;
import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real pod that was put out, asked over real sockets. */
class EjectedPodProberTest {
  private final Vertx vertx = Vertx.vertx();
  private final ListenOptions.Tls pair = TestCertificate.shared();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Pod pod(HttpServerOptions options) {
    int port =
        vertx
            .createHttpServer(options)
            .requestHandler(asked -> asked.response().end())
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    return new Pod("127.0.0.1", port, options.isSsl());
  }

  private Pod podByTls() {
    return pod(
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions().addCertPath(pair.certificate()).addKeyPath(pair.key())));
  }

  private static ProbeOptions knowing(PodTls tls) {
    Duration second = Duration.ofSeconds(1);
    return new ProbeOptions("/", second, second, 1, 3, new ProbeAnswer(200, 399, null, tls));
  }

  private PodTls ours() {
    String authority = vertx.fileSystem().readFileBlocking(pair.certificate()).toString();
    return new PodTls(authority, "localhost");
  }

  private static UpstreamOptions options(ProbeOptions probe) {
    return new UpstreamOptions(
        "shop", List.of(), new Declared(50, 0, 10, 0), Tuning.DEFAULT, 10, probe);
  }

  /** The pod took no connections, as far as requests could tell. */
  private static Roster without(Pod pod, ProbeOptions probe) {
    Roster roster = new Roster(options(probe), change -> {});
    PodSet set = new PodSet(roster, options(probe), (delay, task) -> () -> {}, bound -> 0);
    roster.know(List.of(new PodFact(pod, "one", 0, PodFact.Standing.READY, PodTraits.NONE)));
    roster.limit(List.of(new PodLimit(pod.toString(), 1, 10)));
    for (int i = 0; i < 3; i++) {
      Objects.requireNonNull(set.take(null, null)).giveBack(Slot.Outcome.CONNECT_FAILED);
    }
    assertThat(roster.out()).containsExactly(pod);
    return roster;
  }

  private static boolean says(Roster roster, String words) {
    return String.valueOf(roster.view().get(0).said()).contains(words);
  }

  @Test
  void aPodThatTakesConnectionsAgainIsBack() {
    Pod pod = pod(new HttpServerOptions());
    ProbeOptions probe = knowing(PodTls.USUAL);
    Roster roster = without(pod, probe);
    new EjectedPodProber(vertx, probe, roster).begin();
    Wait.until("it is back", () -> roster.out().isEmpty());
  }

  @Test
  void aPodWhoseCertificateIsNotKnownStaysOutUntilItIs() {
    Pod pod = podByTls();
    ProbeOptions probe = knowing(PodTls.USUAL);
    Roster roster = without(pod, probe);
    EjectedPodProber revisit = new EjectedPodProber(vertx, probe, roster);
    revisit.begin();
    Wait.until("it says why", () -> says(roster, "TLS was not agreed on"));
    assertThat(roster.out()).containsExactly(pod);

    revisit.reconfigure(options(knowing(ours())));
    Wait.until("it is back", () -> roster.out().isEmpty());
  }

  @Test
  void aPodWhereNobodySpeaksTlsStaysOut() {
    Pod plain = pod(new HttpServerOptions());
    Pod pod = new Pod(plain.host(), plain.port(), true);
    ProbeOptions probe = knowing(ours());
    Roster roster = without(pod, probe);
    new EjectedPodProber(vertx, probe, roster).begin();
    Wait.until("it says why", () -> says(roster, "it does not speak TLS there"));
    assertThat(roster.out()).containsExactly(pod);
  }
}
