package dev.usher.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods that take a request and never answer, before visitors whose connections may not be idle. */
class SilentPodTest {
  private static final String GET = RawVisitor.head("GET / HTTP/1.1", "Host: shop");

  private final ProxyRig rig = new ProxyRig();

  @AfterEach
  void everySlotIsGivenBack() {
    ProxyRig.eventually(() -> rig.set().inFlight() == 0);
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
    ProxyRig.eventually(() -> rig.set().ready() == 0);
  }
}
