package dev.usher.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import dev.usher.house.Over;
import dev.usher.house.Wait;
import dev.usher.proxy.ProxyRig;
import dev.usher.proxy.connection.ProxyOptions;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * A visitor who reads nothing for longer than a machine may be silent that listens to a stream,
 * where no rate is asked of them and a pod's answer may take longer. It takes that long.
 */
@Tag("alone")
@Execution(ExecutionMode.CONCURRENT)
class PatientAnswersTest {
  private static final int LENGTH = 32 << 20;

  @ParameterizedTest
  @Over(Wire.class)
  void anOrdinaryAnswerWaitsForWhoTakesABreak(Wire wire) {
    try (ProxyRig rig = new ProxyRig(wire)) {
      Duration patience = Duration.ofMinutes(10);
      rig.options =
          new ProxyOptions(Duration.ofSeconds(1), patience, Duration.ofMillis(300), 100)
              .atLeast(LeastRate.NONE);
      rig.pod(request -> request.response().end(Buffer.buffer(new byte[LENGTH])));
      rig.start();
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send("GET / HTTP/1.1\r\nHost: shop\r\n\r\n").readUntil("\r\n\r\n");
        Wait.pause(Duration.ofSeconds(75));
        assertThat(visitor.skip(LENGTH)).isEqualTo(LENGTH);
      }
    }
  }
}
