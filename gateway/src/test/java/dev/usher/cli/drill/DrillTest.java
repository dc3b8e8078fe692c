package dev.usher.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cli.drill.crowd.Behaviour;
import dev.usher.cli.drill.crowd.Count;
import dev.usher.cli.drill.crowd.Plan;
import dev.usher.cli.drill.crowd.Timing;
import dev.usher.cli.drill.http.LineServer;
import dev.usher.cli.drill.http.Target;
import dev.usher.cli.drill.http.Trouble;
import dev.usher.house.FreePort;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DrillTest {
  private static Outcome drill(Target target, int visitors, int reloads)
      throws InterruptedException {
    Behaviour habits =
        new Behaviour(
            Duration.ofMillis(300), Duration.ofMillis(100), 0, Duration.ofSeconds(2), reloads);
    Plan plan =
        new Plan(
            List.of(target), visitors, Duration.ofMillis(200), habits, Duration.ofSeconds(20), 1);
    return new Drill(plan, () -> null).run(now -> {});
  }

  @Test
  void everyoneIsLetInAsOthersLeave() throws Exception {
    try (LineServer line = new LineServer(40, position -> position)) {
      Outcome outcome = drill(line.target(), 100, 0);

      Moment end = outcome.end();
      assertThat(end.errors()).isZero();
      assertThat(end.of(Count.ARRIVED)).isEqualTo(100);
      assertThat(end.of(Count.ADMITTED)).isEqualTo(100);
      assertThat(end.of(Count.CALLED)).isEqualTo(outcome.of(Timing.CLAIM).count());
      assertThat(end.of(Count.LEFT)).isEqualTo(100);
      assertThat(end.of(Count.WAITING)).isZero();
      assertThat(end.of(Count.INSIDE)).isZero();
      assertThat(end.of(Count.POSITION_ROSE)).isZero();
      assertThat(outcome.of(Timing.TICKET).count()).isEqualTo(100);
      assertThat(line.insideMax).hasValue(40);
      assertThat(line.left).hasValue(100);
    }
  }

  @Test
  void nobodyAsksSoonerThanTold() throws Exception {
    try (LineServer line = new LineServer(20, position -> position)) {
      Outcome outcome = drill(line.target(), 60, 0);
      assertThat(outcome.end().of(Count.POLLS)).isPositive();
      assertThat(line.askedTooSoon).hasValue(0);
    }
  }

  @Test
  void aPositionThatRisesIsSeen() throws Exception {
    AtomicLong lie = new AtomicLong();
    try (LineServer line = new LineServer(5, position -> lie.addAndGet(10))) {
      Outcome outcome = drill(line.target(), 30, 0);
      assertThat(outcome.end().of(Count.POSITION_ROSE)).isPositive();
    }
  }

  @Test
  void aPortWhereNobodyListensRefusesEveryone() throws Exception {
    int port = FreePort.next();
    Moment end = drill(Target.of("http://127.0.0.1:" + port), 20, 0).end();
    assertThat(end.troubles())
        .containsOnlyKeys(Trouble.REFUSED)
        .containsEntry(Trouble.REFUSED, 20L);
    assertThat(end.of(Count.GAVE_UP)).isEqualTo(20);
    assertThat(end.of(Count.TROUBLED)).isEqualTo(20);
    assertThat(end.of(Count.ANSWERED)).isZero();
  }

  @Test
  void serverErrorsAreCountedAsSuch() throws Exception {
    Moment end = answering("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy", s -> {});
    assertThat(end.troubles()).containsOnlyKeys(Trouble.SERVER_ERROR);
    assertThat(end.errors()).isEqualTo(10);
    assertThat(end.refusals()).containsOnly(Map.entry(503, 10L));
    assertThat(end.connectionErrors()).isZero();
  }

  @Test
  void anAnswerThatBreaksOffIsAConnectionError() throws Exception {
    Moment end = answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", NetSocket::close);
    assertThat(end.troubles()).containsOnlyKeys(Trouble.CUT_OFF);
    assertThat(end.connectionErrors()).isEqualTo(10);
  }

  @Test
  void silenceIsCountedWhenPatienceEnds() throws Exception {
    Moment end = answering("", s -> {});
    assertThat(end.troubles()).containsOnlyKeys(Trouble.NO_ANSWER);
    assertThat(end.errors()).isEqualTo(10);
  }

  @Test
  void refusalsAreTroubleOfTheirOwn() throws Exception {
    Moment end = answering("HTTP/1.1 429 Too Many\r\nContent-Length: 0\r\n\r\n", s -> {});
    assertThat(end.troubles()).containsOnlyKeys(Trouble.TURNED_AWAY);
  }

  /** Ten visitors at a server that answers with these bytes. */
  private static Moment answering(String bytes, Consumer<NetSocket> then)
      throws IOException, InterruptedException {
    Vertx vertx = Vertx.vertx();
    try {
      int port =
          vertx
              .createNetServer()
              .connectHandler(
                  socket ->
                      socket.handler(
                          request -> {
                            if (!bytes.isEmpty()) {
                              var unused = socket.write(Buffer.buffer(bytes));
                            }
                            then.accept(socket);
                          }))
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .join()
              .actualPort();
      return drill(Target.of("http://127.0.0.1:" + port + "/"), 10, 0).end();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
