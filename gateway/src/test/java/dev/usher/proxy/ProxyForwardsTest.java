package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import dev.usher.house.Over;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;

/** What goes through the proxy, and how it looks on the other side. */
@ParameterizedClass
@Over(value = Wire.class, smoke = true)
public class ProxyForwardsTest {
  private final Wire wire;
  private final ProxyRig rig;

  ProxyForwardsTest(Wire wire) {
    this.wire = wire;
    this.rig = new ProxyRig(wire);
  }

  @AfterEach
  void everySlotIsGivenBack() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    rig.close();
  }

  /** Answers with the request's own head, one header a line. */
  public static void mirror(HttpServerRequest request) {
    StringBuilder text = new StringBuilder(request.method() + " " + request.uri() + "\n");
    request
        .headers()
        .forEach(
            (k, v) -> text.append(k.toLowerCase(Locale.ROOT)).append(": ").append(v).append('\n'));
    request
        .body()
        .onSuccess(body -> request.response().end(text.append("body=").append(body) + "\n."));
  }

  @Test
  void aBodyOfEitherFramingReachesThePodWhole() {
    rig.pod(ProxyForwardsTest::mirror);
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("POST /a?b=c HTTP/1.1\r\nHost: shop\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(visitor.readUntil("\n."))
          .contains("POST /a?b=c", "content-length: 5", "body=hello");
      visitor.send(
          "POST /a HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
      visitor.send("2\r\nde\r\n0\r\n\r\n");
      assertThat(visitor.readUntil("\n.")).contains("transfer-encoding: chunked", "body=abcde");
      visitor.send("GET / HTTP/1.1\r\nHost: shop\r\n\r\n");
      assertThat(visitor.readUntil("\n.")).doesNotContain("transfer-encoding", "content-length: 0");
    }
  }

  @Test
  void whatStrangersClaimStaysBehind() {
    rig.pod(ProxyForwardsTest::mirror);
    rig.passage = p -> new ForwardedRequest(p.client(), p.kind(), "jwt", null, 0);
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(
          RawVisitor.head(
              "GET / HTTP/1.1",
              "Host: shop:81",
              "Usher-Pass: forged",
              "usher_pass: forged",
              "X-Forwarded-For: 6.6.6.6",
              "X_Forwarded_For: 6.6.6.6",
              "Forwarded: for=6.6.6.6",
              "X-Forwarded-Prefix: /evil",
              "X-Own: kept",
              "Cookie: a=1; usher-ticket-r=T; usher-page=ko; __Host-usher-pass-r=P; b=2"));
      String seen = visitor.readUntil("\n.");
      assertThat(seen)
          .contains("host: shop:81\n", "x-own: kept", "usher-pass: jwt", "cookie: a=1; b=2\n")
          .contains("x-forwarded-for: 127.0.0.1\n", "x-forwarded-proto: " + wire.scheme() + "\n")
          .contains("x-forwarded-host: shop:81\n", "x-forwarded-port: 81\n")
          .contains("forwarded: for=127.0.0.1;host=\"shop:81\";proto=" + wire.scheme() + "\n")
          .doesNotContain("forged", "6.6.6.6", "evil");
    }
  }

  @Test
  void theAnswersHeadCanBeChangedAndLosesOneConnectionsHeaders() {
    rig.rawPod(
        socket ->
            socket.handler(
                in ->
                    socket.write(
                        "HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 3\r\n"
                            + "Content-Length: 2\r\nETag: e\r\n\r\nok")));
    ForwardedRequest.AnswerHook hook = (status, out, ends) -> out.set("Usher-State", "admitted");
    rig.passage = p -> new ForwardedRequest(p.client(), p.kind(), null, hook, 0);
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("GET / HTTP/1.1\r\nHost: shop\r\n\r\n");
      assertThat(visitor.readUntil("ok"))
          .containsIgnoringCase("Usher-State: admitted")
          .containsIgnoringCase("ETag: e")
          .containsIgnoringCase("Content-Length: 2")
          .doesNotContainIgnoringCase("X-Hop")
          .doesNotContainIgnoringCase("Keep-Alive");
    }
  }

  @Test
  void trailersOfAnAnswerArriveAfterItsBody() {
    rig.rawPod(
        socket ->
            socket.handler(
                in ->
                    socket.write(
                        RawVisitor.head(
                                "HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Trailer: Sum")
                            + "2\r\nok\r\n0\r\nSum: 42\r\n\r\n")));
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("GET / HTTP/1.1\r\nHost: shop\r\nTE: trailers\r\n\r\n");
      assertThat(visitor.readUntil("42\r\n\r\n").toLowerCase(Locale.ROOT)).contains("0\r\nsum: 42");
    }
  }

  @Test
  void headAndNotModifiedHaveNoBodyButTheirLength() {
    rig.rawPod(
        socket ->
            socket.handler(
                in ->
                    socket.write(
                        in.toString().startsWith("HEAD")
                            ? "HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n"
                            : "HTTP/1.1 304 Not Modified\r\nETag: e\r\n\r\n")));
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("HEAD / HTTP/1.1\r\nHost: shop\r\n\r\n");
      assertThat(visitor.readUntil("\r\n\r\n").toLowerCase(Locale.ROOT))
          .contains("content-length: 77");
      visitor.send("GET / HTTP/1.1\r\nHost: shop\r\n\r\n");
      assertThat(visitor.readUntil("\r\n\r\n"))
          .contains("304 Not Modified")
          .doesNotContain("chunked");
    }
  }

  @Test
  void anEventArrivesBeforeTheStreamEnds() {
    CompletableFuture<HttpServerRequest> open = new CompletableFuture<>();
    rig.pod(
        request -> {
          request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
          request.response().writeHead();
          open.complete(request);
        });
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("GET /events HTTP/1.1\r\nHost: shop\r\n\r\n");
      visitor.readUntil("text/event-stream");
      open.join().response().write("data: 1\n\n");
      assertThat(visitor.readUntil("data: 1\n\n")).doesNotContain("0\r\n\r\n");
      open.join().response().end();
      visitor.readUntil("0\r\n\r\n");
    }
  }

  @Test
  void aLongBodyIsSentOnlyWhenTheOriginAsksForIt() {
    rig.pod(
        request -> {
          if ("/no".equals(request.path())) {
            request.response().setStatusCode(417).end();
          } else {
            request.response().writeContinue();
            mirror(request);
          }
        });
    rig.start();
    String expect = "Host: shop\r\nContent-Length: 70000\r\nExpect: 100-continue\r\n\r\n";
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("POST /yes HTTP/1.1\r\n" + expect);
      visitor.readUntil("HTTP/1.1 100 Continue\r\n\r\n");
      visitor.send("x".repeat(69_996) + "body");
      assertThat(visitor.readUntil("\n.")).contains("200 OK", "body=xxx", "xbody\n");
      visitor.send("POST /no HTTP/1.1\r\n" + expect);
      assertThat(visitor.readAll()).startsWith("HTTP/1.1 417").doesNotContain("100 Continue");
    }
  }
}
