package dev.usher.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import dev.usher.proxy.ProxyForwardsTest;
import dev.usher.proxy.ProxyRig;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;

/** What only HTTP/1 has: headers of one connection, upgrades, and its older version. */
@ParameterizedClass
@Over(
    value = Wire.class,
    only = {"HTTP_1", "TLS"})
@Execution(ExecutionMode.CONCURRENT)
class ProxyHttp1Test {
  private final Wire wire;
  private final ProxyRig rig;

  ProxyHttp1Test(Wire wire) {
    this.wire = wire;
    this.rig = new ProxyRig(wire);
  }

  @AfterEach
  void everySlotIsGivenBack() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    rig.close();
  }

  @Test
  void headersOfOneConnectionStayBehind() {
    rig.pod(ProxyForwardsTest::mirror);
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(
          RawVisitor.head(
              "GET / HTTP/1.1",
              "Host: shop",
              "Connection: keep-alive, X-Hop",
              "X-Hop: 1",
              "Keep-Alive: 5",
              "Proxy-Connection: x",
              "TE: gzip",
              "X-Own: kept"));
      assertThat(visitor.readUntil("\n."))
          .contains("x-own: kept")
          .doesNotContain("x-hop", "keep-alive", "proxy-connection", "te:");
    }
  }

  @Test
  void aWebSocketEchoesThroughTheProxyAndHoldsItsSlotUntilItCloses() throws Exception {
    rig.pod(
        request ->
            request.toWebSocket().onSuccess(ws -> ws.textMessageHandler(ws::writeTextMessage)));
    rig.start();
    WebSocketClient client = client();
    CompletableFuture<String> echo = new CompletableFuture<>();
    var socket = ProxyRig.await(client.connect(rig.port(), "127.0.0.1", "/chat"));
    socket.textMessageHandler(echo::complete);
    socket.writeTextMessage("hello");
    assertThat(echo.get(5, TimeUnit.SECONDS)).isEqualTo("hello");
    assertThat(rig.set().roster().inFlight()).isEqualTo(1);
    ProxyRig.await(socket.close());
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
  }

  @Test
  void http2InsideOfAnUpgradeIsNotLetThrough() {
    rig.pod(ProxyForwardsTest::mirror);
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(
          "GET / HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade\r\nUpgrade: HTTP/2.0\r\n\r\n");
      assertThat(visitor.readUntil("\n.")).contains("200 OK").doesNotContain("upgrade:");
    }
  }

  @Test
  void anHttp10ClientGetsTheBodyUntilTheConnectionCloses() {
    List<List<String>> hosts = new ArrayList<>();
    rig.pod(
        request -> {
          hosts.add(request.headers().getAll("Host"));
          request.response().setChunked(true).end("streamed");
        });
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("GET / HTTP/1.0\r\n\r\n");
      assertThat(visitor.readAll()).endsWith("\r\n\r\nstreamed").doesNotContain("chunked");
    }
    assertThat(hosts).containsExactly(List.of(""));
  }

  @Test
  void aWebSocketLeavesNoTraceInWhatIsMeasured() {
    rig.pod(
        request ->
            request
                .toWebSocket()
                .onSuccess(
                    socket ->
                        socket.textMessageHandler(
                            text -> socket.writeTextMessage("heard " + text))));
    rig.start();
    WebSocketClient client = client();
    var socket = ProxyRig.await(client.connect(rig.port(), "127.0.0.1", "/"));
    CompletableFuture<String> heard = new CompletableFuture<>();
    socket.textMessageHandler(heard::complete);
    ProxyRig.await(socket.writeTextMessage("me"));
    assertThat(heard.join()).isEqualTo("heard me");
    assertThat(rig.set().roster().see(1_800_000_000_000L).traffic().settled()).isZero();
    ProxyRig.await(socket.close());
  }

  private WebSocketClient client() {
    return rig.vertx.createWebSocketClient(
        new WebSocketClientOptions().setSsl(wire.secure()).setTrustAll(true).setVerifyHost(false));
  }
}
