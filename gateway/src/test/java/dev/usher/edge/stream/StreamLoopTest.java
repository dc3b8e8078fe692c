package dev.usher.edge.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import dev.usher.page.PlaceEvent;
import dev.usher.page.PlaceJson;
import dev.usher.page.Standing;
import dev.usher.server.EdgeFailures;
import dev.usher.server.EdgeServer;
import dev.usher.server.ListenOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The streams of one loop, with real connections; the time is the play's. */
class StreamLoopTest {
  private static final int ROUND = 10;

  private final Vertx vertx = Vertx.vertx();
  private final List<Socket> sockets = new ArrayList<>();
  private final PlaceJson json = new PlaceJson("concert");
  private final AtomicInteger ahead = new AtomicInteger(10_000);
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger tickets = new AtomicInteger(100);
  private final Streams all = new Streams(100, 1000);
  private final StreamLoop loop = new StreamLoop(all, bound -> bound / 2, () -> this.now);
  private volatile @Nullable RuntimeException fault;
  private volatile String message = "";
  private volatile boolean sameTicket;
  private Context context;
  private volatile long now = -1_000_000;
  private long store = 1_800_000_000_000L;
  private int port;

  private final class Looker implements Onlooker {
    private final int ticket = sameTicket ? 7 : tickets.incrementAndGet();

    @Override
    public int ticket() {
      return ticket;
    }

    @Override
    public Standing look(long time) {
      looks.incrementAndGet();
      RuntimeException trouble = fault;
      if (trouble != null) {
        fault = null;
        throw trouble;
      }
      return standing();
    }

    @Override
    public byte[] tell(PlaceEvent what, Standing standing) {
      return what.write(null, json.write(standing));
    }
  }

  private Standing standing() {
    return new Standing(
        Standing.State.WAITING, ahead.get(), 5000, Standing.Halt.NONE, null, false, message, null);
  }

  @BeforeEach
  void listen() {
    context = vertx.getOrCreateContext();
    Duration never = Duration.ofSeconds(1000);
    ListenOptions.Limits limits = new ListenOptions.Limits(8192, 0, 2000, 0, never, never, never);
    ListenOptions options =
        new ListenOptions("127.0.0.1", 0, null, ListenOptions.Proxies.NONE, limits);
    EdgeServer server = new EdgeServer(options, new EdgeFailures());
    port =
        onLoop(() -> server.listen(vertx, this::open))
            .compose(listening -> listening)
            .map(HttpServer::actualPort)
            .await();
  }

  private <T> Future<T> onLoop(Supplier<T> step) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        v -> {
          try {
            done.complete(step.get());
          } catch (RuntimeException e) {
            done.fail(e);
          }
        });
    return done.future();
  }

  private void open(HttpServerRequest request) {
    loop.open(request, new Looker(), standing());
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    vertx.close().await();
  }

  /** A visitor who has sent a request, and whose system takes little that nobody reads. */
  private Socket visitor() throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private Socket listener() throws IOException {
    int before = all.open();
    Socket socket = visitor();
    Wait.until("it listens", () -> all.open() == before + 1);
    return socket;
  }

  /** Lets every stream be looked at once, in this time. */
  private void round(long millis) {
    for (int i = 0; i < ROUND; i++) {
      now += millis / ROUND;
      onLoop(
              () -> {
                loop.tick(store + now);
                return true;
              })
          .await();
    }
  }

  /** Reads until this text has come. */
  private static String read(Socket socket, String until) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(until) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        return read + "the end";
      }
      read.append((char) next);
    }
    return read.toString();
  }

  @Test
  void everyStreamIsLookedAtOnceInARound() throws IOException {
    for (int i = 0; i < 25; i++) {
      listener();
    }
    looks.set(0);
    round(1000);
    assertThat(looks).hasValue(25);
  }

  @Test
  void whatIsNewIsToldOnceAndTheSameOnlyAtTheBeat() throws IOException {
    Socket visitor = listener();
    assertThat(read(visitor, "\"ahead\":10000")).contains("retry: 5500\n\n", "event: place\n");
    ahead.set(999);
    round(1000);
    assertThat(read(visitor, "\"ahead\":999")).contains("event: place\n").doesNotContain(": beat");
    for (int second = 0; second < 15; second++) {
      round(1000);
    }
    ahead.set(998);
    round(1000);
    String then = read(visitor, "\"ahead\":998");
    assertThat(then.split("event: ", -1)).as(then).hasSize(3);
    assertThat(then).contains(": beat\nevent: place\ndata: ");
  }

  @Test
  void aStoresClockThatIsSetEitherWayEndsNothingAndDelaysNoBeat() throws IOException {
    List<Socket> listeners = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      listeners.add(listener());
    }
    round(1000);
    store += 3_600_000;
    round(1000);
    store -= 7_200_000;
    for (int second = 0; second < 15; second++) {
      round(1000);
    }
    for (Socket listens : listeners) {
      assertThat(read(listens, ": beat\nevent: place")).doesNotContain("\r\n0\r\n");
    }
    assertThat(all.open()).isEqualTo(20);
    assertThat(all.shed() + all.dropped()).isZero();
  }

  @Test
  void whoDoesNotReadIsCutOff() throws IOException {
    listener();
    message = "m".repeat(50_000);
    // Buffers of the system fill up first; from then on nothing more is written.
    for (int second = 0; second < 500 && all.dropped() == 0; second++) {
      ahead.decrementAndGet();
      round(1000);
    }
    assertThat(all.dropped()).isEqualTo(1);
    assertThat(all.open()).isZero();
  }

  @Test
  void whatALoopCannotDoInTimeIsShed() throws IOException {
    List<Socket> listeners = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      listeners.add(listener());
    }
    round(1000);
    round(1000);
    assertThat(all.shed()).isZero();
    round(3000); // each visitor was to hear within two seconds
    round(1000);
    assertThat(all.shed()).isEqualTo(2);
    assertThat(all.open()).isEqualTo(18);
    assertThat(read(listeners.get(0), "0\r\n\r\n")).contains("retry: 5500\n\n\r\n0\r\n");
    Socket late = visitor();
    assertThat(read(late, "poll-instead")).contains("503 ", "retry-after: 45");
    for (int i = 0; i < 10; i++) {
      round(1000);
    }
    listener();
    assertThat(all.open()).isEqualTo(19);
  }

  @Test
  void ofTheStreamsOfOneTicketTheNewestFewStay() throws IOException {
    Socket other = listener();
    sameTicket = true;
    List<Socket> same = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      same.add(listener());
    }
    Socket refused = visitor();
    assertThat(read(refused, "poll-instead")).contains("503 ", "retry-after: 45");
    round(1000);
    assertThat(all.open()).isEqualTo(7);
    for (Socket older : same.subList(0, 10)) {
      assertThat(read(older, "0\r\n\r\n")).contains("retry: 45000\n\n\r\n0\r\n");
    }
    ahead.set(9);
    round(1000);
    for (Socket newer : same.subList(10, 16)) {
      assertThat(read(newer, "\"ahead\":9")).contains("event: place");
    }
    assertThat(read(other, "\"ahead\":9")).contains("event: place");
    assertThat(all.open()).isEqualTo(7);
  }

  @Test
  void whoOpensOneAfterAnotherKeepsTheOthers() throws IOException {
    sameTicket = true;
    Socket quiet = listener();
    for (int i = 0; i < 30; i++) {
      Socket next = listener();
      round(1000);
      next.close();
      Wait.until("it is gone", () -> all.open() == 1);
    }
    ahead.set(9);
    round(1000);
    assertThat(read(quiet, "\"ahead\":9")).contains("event: place");
  }

  @Test
  void fewAreNotShedAsItIsNotTheyWhoMakeALoopLate() throws IOException {
    Socket visitor = listener();
    for (int i = 0; i < 12; i++) {
      round(3000);
    }
    listener();
    assertThat(all.shed()).isZero();
    ahead.set(9);
    round(1000);
    assertThat(read(visitor, "\"ahead\":9")).contains("event: place");
  }

  @Test
  void aStreamIsOpenedAnewAfterTenMinutes() throws IOException {
    Socket visitor = listener();
    for (int second = 1; second < 540; second++) {
      ahead.decrementAndGet();
      round(1000);
      read(visitor, "\"ahead\":" + ahead.get());
    }
    assertThat(all.open()).isEqualTo(1);
    round(1000);
    round(1000);
    assertThat(all.open()).isZero();
    assertThat(read(visitor, "0\r\n\r\n")).endsWith("retry: 5500\n\n\r\n0\r\n\r\n");
  }

  @Test
  void aFaultEndsItsOwnStreamAndNoOther() throws IOException {
    listener();
    Socket other = listener();
    fault = new IllegalStateException("a fault of ours");
    int failed = 0;
    for (int i = 0; i < ROUND; i++) {
      now += 100;
      failed +=
          onLoop(
                  () -> {
                    loop.tick(store + now);
                    return 0;
                  })
              .otherwise(1)
              .await();
    }
    assertThat(failed).isEqualTo(1);
    assertThat(all.open()).isEqualTo(1);
    ahead.set(7);
    round(1000);
    assertThat(read(other, "\"ahead\":7")).contains("event: place");
  }

  @Test
  void whoGoesIsForgottenAtOnce() throws IOException {
    Socket visitor = listener();
    visitor.close();
    Wait.until("it is forgotten", () -> all.open() == 0);
    looks.set(0);
    round(1000);
    assertThat(looks).hasValue(0);
  }
}
