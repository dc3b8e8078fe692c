package dev.usher.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.house.Wait;
import dev.usher.http.Cidr;
import dev.usher.proxy.ProxyRig;
import dev.usher.proxy.connection.ProxyOptions;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long visitors' connections live, and who goes when there are too many. */
@Execution(ExecutionMode.CONCURRENT)
class ConnectionsTest {
  private static final String GET = "GET /now HTTP/1.1\r\nHost: s\r\n\r\n";

  private final ProxyRig rig = new ProxyRig();
  private final Queue<String> arrived = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void aPodThatTakesItsTime() {
    rig.pod(
        request -> {
          arrived.add(request.method() + " " + request.uri());
          if (request.uri().equals("/late")) {
            rig.vertx.setTimer(2500, v -> request.response().end("late"));
          } else if (request.uri().equals("/now")) {
            request.response().end("ok");
          } // else never
        });
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void limits(int connections, Duration idle, List<Cidr> trusted) {
    rig.listen =
        new ListenOptions(
            "127.0.0.1",
            0,
            null,
            new ListenOptions.Proxies(trusted, false, false),
            new ListenOptions.Limits(
                8192, 0, connections, 0, idle, Duration.ofSeconds(9), Duration.ofSeconds(1)));
    rig.start();
  }

  @Test
  void theIdleTimeDoesNotRunWhileAnAnswerIsOwed() {
    limits(100, Duration.ofSeconds(1), List.of());
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("GET /late HTTP/1.1\r\nHost: s\r\n\r\n").readUntil("late");
      visitor.send(GET).readUntil("ok");
      long began = System.nanoTime();
      assertThat(visitor.readByte()).as("the end").isEqualTo(-1);
      assertThat(millisSince(began)).isBetween(800L, 4000L);
    }
  }

  @Test
  void aTrustedProxysConnectionHasATimeOfItsOwn() {
    limits(100, Duration.ofSeconds(1), List.of(Cidr.of("127.0.0.0/8")));
    try (RawVisitor proxy = rig.visitor()) {
      proxy.send(GET).readUntil("ok");
      Wait.pause(2500);
      proxy.send(GET).readUntil("ok");
    }
  }

  @Test
  void aSilentPodIsToldOfThoughItIsSilentForAsLongAsTheIdleTime() {
    rig.options =
        new ProxyOptions(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(300), 100);
    limits(100, Duration.ofSeconds(1), List.of());
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("GET /hang HTTP/1.1\r\nHost: s\r\n\r\n");
      assertThat(visitor.readUntil("\r\n")).startsWith("HTTP/1.1 504");
    }
  }

  @Test
  void whatCameOfANextRequestMayWaitForTheAnswerBeforeItButNotForever() {
    limits(100, Duration.ofSeconds(9), List.of());
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("GET /late HTTP/1.1\r\nHost: s\r\n\r\n\r\nGET /n").readUntil("late");
      long began = System.nanoTime();
      assertThat(visitor.readByte()).isEqualTo(-1);
      assertThat(millisSince(began)).isBetween(500L, 4000L);
    }
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("GET /late HTTP/1.1\r\nHost: s\r\n\r\n\r\nGET /n").readUntil("late");
      visitor.send("ow HTTP/1.1\r\nHost: s\r\n\r\n").readUntil("ok");
      visitor.send("\r\n");
      Wait.pause(2000);
      visitor.send(GET).readUntil("ok");
    }
  }

  @Test
  void theLongestIdleOneMakesRoomForANewOneAndOneThatIsAnsweredDoesNot() {
    limits(3, Duration.ofSeconds(9), List.of());
    try (RawVisitor busy = rig.visitor();
        RawVisitor first = rig.visitor();
        RawVisitor second = rig.visitor()) {
      busy.send("GET /late HTTP/1.1\r\nHost: s\r\n\r\n");
      ProxyRig.eventually(() -> arrived.contains("GET /late"));
      first.send(GET).readUntil("ok");
      second.send(GET).readUntil("ok");
      try (RawVisitor fourth = rig.visitor()) {
        fourth.send(GET).readUntil("ok");
        busy.readUntil("late");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /now HTTP/1.1\r\nHost: s\r\nConnection: close\r\n\r\n",
        "GET /now HTTP/1.1\r\nHost: s s\r\n\r\n",
        "\u0016\u0003\u0001\r\n\r\n"
      })
  void whoHadTheLastAnswerAndStaysMakesRoom(String last) {
    limits(3, Duration.ofSeconds(9), List.of());
    try (RawVisitor first = rig.visitor();
        RawVisitor second = rig.visitor();
        RawVisitor third = rig.visitor()) {
      for (RawVisitor visitor : List.of(first, second, third)) {
        assertThat(visitor.send(last).readUntil("\r\n\r\n")).startsWith("HTTP/1.");
      }
      // Their answers may be read a moment before they may be closed, which ends by itself later.
      Wait.within(Duration.ofMillis(500), "a newcomer is answered", this::aNewcomerIsAnswered);
    }
  }

  private boolean aNewcomerIsAnswered() {
    try (RawVisitor newcomer = rig.visitor()) {
      return newcomer.send(GET).readUntil("\r\n").startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whereNoneIsIdleANewOneIsToldOnAPageThatDoesNotReloadItself() {
    limits(2, Duration.ofSeconds(9), List.of());
    try (RawVisitor first = rig.visitor();
        RawVisitor second = rig.visitor()) {
      first.send("GET /hang HTTP/1.1\r\nHost: s\r\n\r\n");
      second.send("GET /hang HTTP/1.1\r\nHost: s\r\n\r\n");
      ProxyRig.eventually(() -> arrived.size() == 2);
      try (RawVisitor third = rig.visitor()) {
        assertThat(third.send(GET).readAll())
            .startsWith("HTTP/1.1 503")
            .contains("Retry-After: 5", "<div lang=\"en\">", "<div lang=\"ko\">")
            .as("nobody could stop it, as nobody's choice is read")
            .doesNotContain("Refresh");
      }
    }
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }
}
