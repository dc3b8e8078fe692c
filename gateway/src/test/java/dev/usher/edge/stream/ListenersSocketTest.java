package dev.usher.edge.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import dev.usher.page.PlaceEvent;
import dev.usher.page.PlaceJson;
import dev.usher.page.Standing;
import dev.usher.server.EdgeFailures;
import dev.usher.server.EdgeServer;
import dev.usher.server.ListenOptions;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the operating system is told to treat the connection of who listens, read from it. */
class ListenersSocketTest {
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final Streams all = new Streams(100, 1000);
  private final StreamLoop loop = new StreamLoop(all, bound -> bound / 2, () -> 0);
  private final PlaceJson json = new PlaceJson("concert");
  private volatile @Nullable EpollSocketChannelConfig socketOptions;
  private Context context;
  private int port;

  private final class Looker implements Onlooker {
    @Override
    public int ticket() {
      return 7;
    }

    @Override
    public Standing look(long time) {
      return Standing.ADMITTED;
    }

    @Override
    public byte[] tell(PlaceEvent what, Standing standing) {
      return what.write(null, json.write(standing));
    }
  }

  @BeforeEach
  void listen() {
    Assumptions.assumeTrue(vertx.isNativeTransportEnabled(), "only Linux can be told so");
    context = vertx.getOrCreateContext();
    Duration never = Duration.ofSeconds(1000);
    ListenOptions.Limits limits = new ListenOptions.Limits(8192, 0, 2000, 0, never, never, never);
    ListenOptions options =
        new ListenOptions("127.0.0.1", 0, null, ListenOptions.Proxies.NONE, limits);
    EdgeServer server = new EdgeServer(options, new EdgeFailures());
    Promise<HttpServer> listening = Promise.promise();
    context.runOnContext(v -> server.listen(vertx, this::answer).onComplete(listening));
    port = listening.future().await().actualPort();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void answer(HttpServerRequest request) {
    socketOptions =
        (EpollSocketChannelConfig) ((ConnectionBase) request.connection()).channel().config();
    if ("/stream".equals(request.path())) {
      loop.open(request, new Looker(), Standing.ADMITTED);
    } else {
      var unused = request.response().end(told() + ";");
    }
  }

  /** After how long without a word a machine is given up, and what may wait to be sent. */
  private String told() {
    EpollSocketChannelConfig on = Objects.requireNonNull(socketOptions);
    return on.getTcpUserTimeout() + "," + on.getTcpNotSentLowAt();
  }

  private static void ask(Socket socket, String path) throws IOException {
    String head = "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  private static String read(InputStream in, String until) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(until) < 0) {
      int next = in.read();
      assertThat(next).as("what comes after " + read).isNotNegative();
      read.append((char) next);
    }
    return read.toString();
  }

  @Test
  void aSlowReaderIsLetBeBeforeAStreamAndAfterIt() throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(60_000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      InputStream in = socket.getInputStream();
      ask(socket, "/");
      assertThat(read(in, ";")).endsWith("\r\n0,0;");
      ask(socket, "/stream");
      assertThat(read(in, "\n\n\r\n")).contains("text/event-stream");
      assertThat(told()).isEqualTo("60000,16384");
      Promise<Boolean> ended = Promise.promise();
      context.runOnContext(
          v -> {
            loop.endAll();
            ended.complete(true);
          });
      ended.future().await();
      read(in, "\r\n0\r\n\r\n");
      Wait.until("it listens no more", () -> all.open() == 0);
      ask(socket, "/");
      assertThat(read(in, ";")).endsWith("\r\n0,0;");
    }
  }
}
