package dev.usher.edge.stream;

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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Where streams are played: one loop with real connections; the time is the play's. */
abstract class StreamPlays {
  static final int ROUND = 10;

  private final Vertx vertx = Vertx.vertx();
  private final List<Socket> sockets = new ArrayList<>();
  private final PlaceJson json = new PlaceJson("concert");
  final AtomicInteger ahead = new AtomicInteger(10_000);
  final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger tickets = new AtomicInteger(100);
  private final AtomicLong time = new AtomicLong(-1_000_000);
  final Streams all = new Streams(100, 1000);
  final StreamLoop loop = new StreamLoop(all, bound -> bound / 2, time::get);
  volatile @Nullable RuntimeException fault;
  volatile String message = "";
  volatile boolean sameTicket;
  private Context context;

  /** How far the store's clock is ahead. */
  long store = 1_800_000_000_000L;

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
  final void listen() {
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
  final void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    vertx.close().await();
  }

  /** A visitor who has sent a request, and whose system takes little that nobody reads. */
  final Socket visitor() throws IOException {
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

  final Socket listener() throws IOException {
    int before = all.open();
    Socket socket = visitor();
    Wait.until("it listens", () -> all.open() == before + 1);
    return socket;
  }

  /** Goes on by so much, and lets the next slice be looked at. */
  final Future<Boolean> tick(long millis) {
    time.addAndGet(millis);
    return onLoop(
        () -> {
          loop.tick(store + time.get());
          return true;
        });
  }

  /** Lets every stream be looked at once, in this time. */
  final void round(long millis) {
    for (int i = 0; i < ROUND; i++) {
      tick(millis / ROUND).await();
    }
  }

  /** Reads until this text has come. */
  static String read(Socket socket, String until) throws IOException {
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
}
