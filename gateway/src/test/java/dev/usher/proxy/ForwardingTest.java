package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.http.Cidr;
import dev.usher.server.ListenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is taken for the client behind 127.0.0.1 and 10.0.0.0/8, which are trusted. */
class ForwardingTest {
  private static final String BY_PROXY = "Forwarded: for=203.0.113.9;proto=https;host=tickets";

  private final ProxyRig rig = new ProxyRig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static void mirror(HttpServerRequest request) {
    StringBuilder text = new StringBuilder();
    request
        .headers()
        .forEach(
            (k, v) -> text.append(k.toLowerCase(Locale.ROOT)).append(": ").append(v).append('\n'));
    var unused = request.response().end(text + ".");
  }

  private void behindProxiesThatWrite(boolean forwarded) {
    rig.pod(ForwardingTest::mirror);
    List<Cidr> trusted = List.of(Cidr.of("127.0.0.1"), Cidr.of("10.0.0.0/8"));
    rig.listen =
        new ListenOptions(
            "127.0.0.1",
            0,
            null,
            new ListenOptions.Proxies(trusted, forwarded, false),
            ProxyRig.LIMITS);
    rig.passage =
        p ->
            new ForwardedRequest(
                p.client(),
                p.kind(),
                p.client().address()
                    + (" " + p.client().scheme())
                    + (" " + p.client().forwardedHost()),
                null,
                0);
    rig.start();
  }

  /** What the pod sees of a request with these lines. */
  private String seen(String... lines) {
    List<String> head = new ArrayList<>(List.of("GET / HTTP/1.1", "Host: shop"));
    head.addAll(List.of(lines));
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(RawVisitor.head(head.toArray(String[]::new)));
      return visitor.readUntil("\n.");
    }
  }

  /** Address, scheme and forwarded host that a request with these lines is taken for. */
  private String client(String... lines) {
    String seen = seen(lines);
    String from = "usher-pass: ";
    int at = seen.indexOf(from) + from.length();
    return seen.substring(at, seen.indexOf('\n', at));
  }

  @Test
  void whoWritesForwardedIsBelievedLineByLine() {
    behindProxiesThatWrite(true);
    assertThat(client(BY_PROXY)).isEqualTo("203.0.113.9 https tickets");
    assertThat(client("Forwarded: for=192.0.2.66", BY_PROXY))
        .isEqualTo("203.0.113.9 https tickets");
    // Whatever a stranger's own line holds, it does not swallow the proxy's.
    for (String own : List.of("for=192.0.2.66;x=\"", "for=\"192.0.2.66", "x=\"\\", ",;=", "for")) {
      assertThat(client("Forwarded: " + own, BY_PROXY)).isEqualTo("203.0.113.9 https tickets");
    }
    // In one line with it nothing can be told apart: it is as if the proxy itself had asked.
    assertThat(client("Forwarded: for=192.0.2.66;x=\", for=203.0.113.9;proto=https"))
        .isEqualTo("127.0.0.1 http null");
    assertThat(client("Forwarded: for=192.0.2.66, for=unknown;proto=https"))
        .isEqualTo("127.0.0.1 https null");
    assertThat(client("Forwarded: for=192.0.2.66, for=_hidden")).isEqualTo("127.0.0.1 http null");
    assertThat(client("Forwarded: for=192.0.2.66, ")).isEqualTo("127.0.0.1 http null");
    assertThat(client("Forwarded: for=\"[2001:DB8::1]:443\"")).isEqualTo("2001:db8::1 http null");
    assertThat(client()).isEqualTo("127.0.0.1 http null");
  }

  @Test
  void theFurthestProxyThatIsBelievedSpeaksOfTheClient() {
    behindProxiesThatWrite(true);
    assertThat(
            client(
                "Forwarded: for=192.0.2.66;host=evil",
                "Forwarded: for=203.0.113.9;host=tickets;proto=https, for=10.0.0.5;host=origin-7"))
        .isEqualTo("203.0.113.9 https tickets");
  }

  @Test
  void whoWritesForwardedOnlyPassesOnXForwardedOfStrangers() {
    behindProxiesThatWrite(true);
    String[] strangers = {
      "X-Forwarded-For: 192.0.2.66",
      "X-Forwarded-Proto: https",
      "X-Forwarded-Host: evil",
      "X-Forwarded-Port: 1",
      "X-Forwarded-Prefix: /evil"
    };
    assertThat(client(strangers)).isEqualTo("127.0.0.1 http null");
    assertThat(seen(strangers)).doesNotContain("192.0.2.66", "evil", "x-forwarded-port: 1\n");
    assertThat(seen(BY_PROXY))
        .contains("x-forwarded-for: 203.0.113.9, 127.0.0.1\n", "x-forwarded-host: tickets\n")
        .contains(
            "forwarded: for=203.0.113.9;proto=https;host=tickets, "
                + "for=127.0.0.1;host=\"shop\";proto=https\n");
    assertThat(seen("Forwarded: for=192.0.2.66;x=\"", BY_PROXY))
        .contains("forwarded: for=203.0.113.9, for=127.0.0.1;host=\"shop\";proto=https\n");
  }

  @Test
  void whoWritesXForwardedOnlyPassesOnForwardedOfStrangers() {
    behindProxiesThatWrite(false);
    assertThat(client("Forwarded: for=192.0.2.66;proto=https;host=evil"))
        .isEqualTo("127.0.0.1 http null");
    assertThat(seen("Forwarded: for=192.0.2.66;x=\"", "X-Forwarded-For: 203.0.113.9"))
        .contains("x-forwarded-for: 203.0.113.9, 127.0.0.1\n")
        .contains("forwarded: for=203.0.113.9, for=127.0.0.1;host=\"shop\";proto=http\n");
  }

  @Test
  void aChainOfXForwardedForIsBelievedAsFarAsTrustedProxiesWroteIt() {
    behindProxiesThatWrite(false);
    String[][] chains = {
      {"203.0.113.9", "203.0.113.9"},
      {"192.0.2.66, 203.0.113.9", "203.0.113.9"},
      {"192.0.2.66, 203.0.113.9, 10.0.0.5", "203.0.113.9"},
      {"203.0.113.9:443", "203.0.113.9"},
      {"[2001:DB8:0::1]:443", "2001:db8::1"},
      {"2001:db8::1", "2001:db8::1"},
      {"::ffff:203.0.113.9", "203.0.113.9"},
      {"203.0.113.9, ::ffff:10.0.0.5", "203.0.113.9"},
      {"192.0.2.66, unknown", "127.0.0.1"},
      {"192.0.2.66, _x", "127.0.0.1"},
      {"192.0.2.66, unknown, 10.0.0.5", "10.0.0.5"},
      {"192.0.2.66,", "127.0.0.1"},
      {"192.0.2.66, , 10.0.0.5", "10.0.0.5"},
      {"", "127.0.0.1"},
      {"example.com", "127.0.0.1"},
      {"192.0.2.66, \"203.0.113.9\"", "127.0.0.1"}
    };
    for (String[] chain : chains) {
      assertThat(client("X-Forwarded-For: " + chain[0]))
          .as(chain[0])
          .isEqualTo(chain[1] + " http null");
    }
    assertThat(client("X-Forwarded-For: 192.0.2.66", "X-Forwarded-For: 203.0.113.9, 10.0.0.5"))
        .isEqualTo("203.0.113.9 http null");
    assertThat(client("X-Forwarded-For: 192.0.2.66", "X-Forwarded-For: "))
        .isEqualTo("127.0.0.1 http null");
  }

  @Test
  void aTrustedProxysChainIsKeptAndContinued() {
    behindProxiesThatWrite(false);
    assertThat(
            seen(
                "X-Forwarded-For: 1.1.1.1, 9.9.9.9, 10.0.0.5",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: tickets",
                "X-Forwarded-Prefix: /shop"))
        .contains("x-forwarded-for: 1.1.1.1, 9.9.9.9, 10.0.0.5, 127.0.0.1\n")
        .contains("x-forwarded-proto: https\n", "x-forwarded-host: tickets\n")
        .contains("x-forwarded-port: 443\n", "x-forwarded-prefix: /shop\n")
        .contains("usher-pass: 9.9.9.9 ");
  }

  @Test
  void ofSeveralSchemesAndHostsTheNearestProxyWroteTheLast() {
    behindProxiesThatWrite(false);
    String from = "X-Forwarded-For: 203.0.113.9";
    assertThat(client(from, "X-Forwarded-Proto: http, https")).contains(" https ");
    assertThat(client(from, "X-Forwarded-Proto: https", "X-Forwarded-Proto: http"))
        .contains(" http ");
    assertThat(client(from, "X-Forwarded-Proto: HTTPS")).contains(" https ");
    assertThat(client(from, "X-Forwarded-Host: evil, tickets")).endsWith(" tickets");
    assertThat(client(from, "X-Forwarded-Host: evil", "X-Forwarded-Host: tickets"))
        .endsWith(" tickets");
  }
}
