package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.proxy.connection.ProxyOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Pods that lie about where their answers end: whatever they send, nobody but who asked for it sees
 * a byte of it.
 */
class LyingPodsTest {
  /** What is between the end of an answer and the next one; nobody else may ever see it. */
  private static final String STRAY = "STRAY";

  private static final String SECOND = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + STRAY;

  private static final List<String> ANSWERS =
      List.of(
          "200 OK\r\nContent-Length: 2\r\n\r\nok",
          "200 OK\r\nContent-Length: 0\r\n\r\n",
          "200 OK\r\nContent-Length: 60\r\n\r\nok",
          "200 OK\r\nContent-Length: -1\r\n\r\nok",
          "200 OK\r\nContent-Length: +2\r\n\r\nok",
          "200 OK\r\nContent-Length: 2\r\nContent-Length: 7\r\n\r\nok",
          "200 OK\r\nContent-Length: 2, 2\r\n\r\nok",
          "200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
          "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
          "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=\"b\"\r\nok\r\n0;c\r\nX-T: t\r\n\r\n",
          "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokay\r\n0\r\n\r\n",
          "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nok\n0\n\n",
          "200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nok\r\n0\r\n\r\n",
          "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\nok\r\n0\r\n\r\n",
          "200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
          "200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nok",
          "200 OK\r\nTransfer-Encoding : chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
          "204 No Content\r\n\r\n",
          "204 No Content\r\nContent-Length: 5\r\n\r\n",
          "304 Not Modified\r\nContent-Length: 5\r\n\r\n",
          "304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n",
          "103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
          "100 Continue\r\n\r\n",
          "101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
          "101 Switching Protocols\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
          "199 Odd\r\nContent-Length: 5\r\n\r\n",
          "0 None\r\nContent-Length: 2\r\n\r\nok",
          "200 OK\r\n\r\nok");

  private static final List<String> TAILS =
      List.of("", "\r\n", "X", STRAY, SECOND, "\r\n" + SECOND, "5\r\n" + STRAY + "\r\n0\r\n\r\n");

  /**
   * A lie.
   *
   * @param answer what the pod answers, after the version
   * @param tail what it sends beyond
   * @param late whether the tail comes by itself, a moment later
   * @param method of the request that is answered so
   */
  record Lie(String answer, String tail, boolean late, String method) {}

  private final ProxyRig rig = new ProxyRig();
  private volatile Lie lie = new Lie("", "", false, "GET");
  private volatile CompletableFuture<Void> told = new CompletableFuture<>();

  @BeforeProperty
  void aPodThatLies() {
    rig.options =
        new ProxyOptions(Duration.ofSeconds(2), Duration.ofMillis(250), Duration.ofSeconds(5), 20);
    rig.rawPod(this::speak);
    rig.start();
  }

  @AfterProperty
  void close() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    assertThat(rig.failures.count()).isZero();
    rig.close();
  }

  private void speak(NetSocket socket) {
    socket.handler(
        in -> {
          String target = in.toString().split(" ", 3)[1];
          if (!target.equals("/lie")) {
            socket.write(
                "HTTP/1.1 200 OK\r\nContent-Length: " + target.length() + "\r\n\r\n" + target);
            return;
          }
          String answer = "HTTP/1.1 " + lie.answer();
          String tail = lie.tail();
          if (lie.late()) {
            socket.write(answer).onComplete(sent -> rig.vertx.setTimer(3, id -> end(socket, tail)));
          } else {
            end(socket, answer + tail);
          }
        });
  }

  private void end(NetSocket socket, String last) {
    socket.write(last).onComplete(sent -> told.complete(null));
  }

  @Property(tries = 120, shrinking = ShrinkingMode.OFF)
  void noByteOfALieReachesAnybodyElse(@ForAll("lies") Lie chosen) {
    lie = chosen;
    told = new CompletableFuture<>();
    rig.set().roster().probed(rig.pods.get(0), null); // put out for its lies, it is taken in again
    List<RawVisitor> visitors = new ArrayList<>();
    try {
      RawVisitor liedTo = rig.visitor();
      visitors.add(liedTo);
      liedTo.send(RawVisitor.head(chosen.method() + " /lie HTTP/1.1", "Host: shop"));
      told.orTimeout(5, TimeUnit.SECONDS).join();
      for (int i = 0; i < 4; i++) {
        RawVisitor other = rig.visitor();
        visitors.add(other);
        String target = "/mine" + i;
        other.send(RawVisitor.head("GET " + target + " HTTP/1.1", "Host: shop"));
        String answer = other.readUntil("\r\n\r\n" + target);
        assertThat(answer).startsWith("HTTP/1.1 200 OK").doesNotContain(STRAY);
      }
    } finally {
      visitors.forEach(RawVisitor::close);
    }
  }

  @Provide
  Arbitrary<Lie> lies() {
    return Combinators.combine(
            Arbitraries.of(ANSWERS),
            Arbitraries.of(TAILS),
            Arbitraries.of(true, false),
            Arbitraries.of("GET", "HEAD"))
        .as(Lie::new);
  }
}
