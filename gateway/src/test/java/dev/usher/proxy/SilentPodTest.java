package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.pods.Pod;
import dev.usher.pods.PodView;
import dev.usher.proxy.connection.ProxyOptions;
import dev.usher.server.ListenOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Pods that take a request and never answer, before visitors whose connections may not be idle. */
@Execution(ExecutionMode.CONCURRENT)
class SilentPodTest {
  private static final String GET = RawVisitor.head("GET / HTTP/1.1", "Host: shop");

  private final ProxyRig rig = new ProxyRig();

  @AfterEach
  void everySlotIsGivenBack() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    rig.close();
  }

  @Test
  void aSilentPodIsAnsweredForInTimeHoweverShortVisitorsMayBeIdleAndIsOutAfterThree() {
    Duration idle = Duration.ofMillis(200);
    rig.listen =
        new ListenOptions(
            "127.0.0.1",
            0,
            null,
            ListenOptions.Proxies.NONE,
            new ListenOptions.Limits(8192, 0, 2000, 0, idle, idle, Duration.ofMillis(700)));
    rig.options =
        new ProxyOptions(Duration.ofSeconds(2), Duration.ofMillis(800), Duration.ofSeconds(1), 10);
    rig.rawPod(socket -> {});
    rig.start();
    for (int i = 0; i < 3; i++) {
      try (RawVisitor visitor = rig.visitor()) {
        String told = visitor.send(GET).readUntil("}");
        assertThat(told).startsWith("HTTP/1.1 504").contains("timed_out");
        // Nothing is owed any more: now it is the visitor who is idle.
        assertThat(visitor.readByte()).isEqualTo('\n');
        assertThat(visitor.readByte()).isEqualTo(-1);
      }
    }
    assertThat(rig.finished).hasSize(3).containsOnly("504 TIMED_OUT");
    ProxyRig.eventually(() -> rig.set().roster().ready() == 0);
  }

  @Test
  void whatNeverAnswersPutsNoPodOutThatAnswersOtherVisitors() {
    rig.options = within(Duration.ofSeconds(4));
    for (int i = 0; i < 2; i++) {
      rig.pod(
          request -> {
            if (!"/silent".equals(request.path())) {
              request.response().end("alive");
            }
          });
    }
    rig.start();
    List<RawVisitor> strangers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      strangers.add(rig.visitor().send(RawVisitor.head("GET /silent HTTP/1.1", "Host: shop")));
    }
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 12);
    for (int i = 0; i < 30; i++) {
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send(GET).readUntil("alive");
      }
    }
    for (RawVisitor stranger : strangers) {
      assertThat(stranger.readUntil("}")).startsWith("HTTP/1.1 504");
      stranger.close();
    }
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    assertThat(rig.set().roster().ready()).isEqualTo(2);
  }

  @Test
  void aSilentPodOfTwoIsOutAfterThreeThoughTheOtherAnswers() {
    rig.options = within(Duration.ofMillis(1500));
    rig.pod(request -> request.response().end("alive"));
    Pod silent = rig.rawPod(socket -> {});
    rig.start();
    for (int i = 0; i < 200 && rig.set().roster().ready() == 2; i++) {
      try (RawVisitor visitor = rig.visitor()) {
        // Either "alive" or, of what timed out, the end of the head.
        assertThat(visitor.send(GET).readUntil("\r\n\r\n")).startsWith("HTTP/1.1 ");
      }
    }
    ProxyRig.eventually(() -> rig.set().roster().ready() == 1);
    assertThat(rig.set().roster().view())
        .filteredOn(pod -> !pod.ready())
        .extracting(PodView::pod)
        .containsExactly(silent);
    assertThat(rig.finished).filteredOn("504 TIMED_OUT"::equals).hasSize(3);
  }

  private static ProxyOptions within(Duration requestTimeout) {
    return new ProxyOptions(Duration.ofSeconds(2), requestTimeout, Duration.ofSeconds(1), 10);
  }
}
