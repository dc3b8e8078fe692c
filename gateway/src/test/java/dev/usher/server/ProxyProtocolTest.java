package dev.usher.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.usher.edge.RawVisitor;
import dev.usher.house.Wait;
import dev.usher.http.Cidr;
import dev.usher.proxy.ForwardedRequest;
import dev.usher.proxy.ProxyRig;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ProxyProtocolTest {
  private static final Duration HEAD = Duration.ofMillis(1500);

  private static final String GET = "GET / HTTP/1.1\r\nHost: shop\r\n";

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

  private void listens(String trusted, ListenOptions.@Nullable Tls tls) {
    rig.pod(ProxyProtocolTest::mirror);
    rig.listen =
        new ListenOptions(
            "127.0.0.1",
            0,
            tls,
            new ListenOptions.Proxies(
                List.of(Cidr.of(trusted), Cidr.of("198.51.100.0/24")), false, true),
            ProxyRig.headsWithin(HEAD));
    rig.passage = p -> new ForwardedRequest(p.client(), p.kind(), p.client().address(), null, 0);
    rig.start();
  }

  private static byte[] two(int command, int family, byte[] addresses) {
    byte[] signature = "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(16 + addresses.length)
        .put(signature)
        .put((byte) command)
        .put((byte) family)
        .putShort((short) addresses.length)
        .put(addresses)
        .array();
  }

  private static byte[] addresses(String from, String to) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(InetAddress.getByName(from).getAddress());
      out.writeBytes(InetAddress.getByName(to).getAddress());
      out.writeBytes(ByteBuffer.allocate(4).putShort((short) 40000).putShort((short) 443).array());
      return out.toByteArray();
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] one(String line) {
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  private String seen(byte[] protocol, String lines) {
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(protocol).send(GET + lines + "\r\n");
      return visitor.readUntil("\n.");
    }
  }

  @Test
  void theAddressOfTheProtocolIsTheVisitors() {
    listens("127.0.0.1", null);
    byte[] v4 = addresses("203.0.113.5", "10.0.0.9");
    byte[] v6 = addresses("2001:db8::5", "2001:db8::9");
    assertThat(seen(one("PROXY TCP4 203.0.113.5 10.0.0.9 40000 443\r\n"), ""))
        .contains("usher-pass: 203.0.113.5\n", "x-forwarded-for: 203.0.113.5\n");
    assertThat(seen(one("PROXY TCP6 2001:db8::5 2001:db8::9 40000 443\r\n"), ""))
        .contains("x-forwarded-for: 2001:db8:0:0:0:0:0:5\n");
    assertThat(seen(two(0x21, 0x11, v4), "")).contains("usher-pass: 203.0.113.5\n");
    assertThat(seen(two(0x21, 0x21, v6), "")).contains("usher-pass: 2001:db8:0:0:0:0:0:5\n");
  }

  @Test
  void aBalancerThatSpeaksForItselfIsItself() {
    listens("127.0.0.1", null);
    assertThat(seen(one("PROXY UNKNOWN\r\n"), "")).contains("usher-pass: 127.0.0.1\n");
    assertThat(seen(two(0x20, 0x00, new byte[0]), "")).contains("usher-pass: 127.0.0.1\n");
    // Who came by a socket file of the balancer's machine has no address but the balancer's.
    byte[] files = new byte[216];
    files[0] = '/';
    files[108] = '/';
    assertThat(seen(two(0x21, 0x31, files), "")).contains("usher-pass: 127.0.0.1\n");
  }

  @Test
  void whatIsForwardedCountsIfTheProtocolsAddressIsATrustedProxy() {
    listens("127.0.0.1", null);
    String forwarded = "X-Forwarded-For: 192.0.2.66\r\n";
    assertThat(seen(one("PROXY TCP4 203.0.113.5 10.0.0.9 40000 443\r\n"), forwarded))
        .contains("usher-pass: 203.0.113.5\n");
    assertThat(seen(one("PROXY TCP4 198.51.100.7 10.0.0.9 40000 443\r\n"), forwarded))
        .contains("usher-pass: 192.0.2.66\n");
  }

  @Test
  void whoIsNoTrustedProxyIsClosedWhateverTheySay() {
    listens("127.0.0.99", null);
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(one("PROXY TCP4 127.0.0.99 10.0.0.9 40000 443\r\n")).send(GET + "\r\n");
      assertThat(visitor.readAll()).isEmpty();
    }
  }

  @Test
  void whoDoesNotBeginWithTheProtocolIsClosed() {
    listens("127.0.0.1", null);
    for (String wrong :
        new String[] {GET + "\r\n", "PROXY TCP4 x\r\n", "PROXY " + "x".repeat(300), "\0\0\0\0"}) {
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send(wrong);
        assertThat(visitor.readAll()).as(wrong).isEmpty();
      }
    }
  }

  @Test
  void theLogNamesNoPeerThatIsUnknownAndTellsNobodyToSwitchOnWhatIsOn() {
    Logger log = (Logger) LoggerFactory.getLogger(ProxyProtocol.class);
    ListAppender<ILoggingEvent> written = new ListAppender<>();
    written.start();
    log.addAppender(written);
    listens("127.0.0.1", null);
    try (RawVisitor twice = rig.visitor();
        RawVisitor garbage = rig.visitor()) {
      twice.send(one("PROXY UNKNOWN\r\nPROXY UNKNOWN\r\n\r\n"));
      assertThat(twice.readAll()).contains(" 400 Bad Request");
      assertThat(garbage.send("PROXY XX\r\n").readAll()).isEmpty();
      ProxyRig.eventually(() -> !written.list.isEmpty());
    }
    log.detachAppender(written);
    assertThat(written.list).hasSize(1);
    assertThat(written.list.get(0).getFormattedMessage()).isEqualTo("proxy_protocol_refused");
    assertThat(written.list.get(0).getKeyValuePairs().get(0).value).isEqualTo("unknown");
  }

  @Test
  void whoIsSlowToBeginIsClosed() {
    listens("127.0.0.1", null);
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("PROXY ");
      assertThat(visitor.readAll()).isEmpty();
    }
  }

  @Test
  void whoDripsItsBeginningIsClosedWhenAHeadMustBeWhole() throws Exception {
    listens("127.0.0.1", null);
    // The balancer itself, whose first connection shows where others are accepted.
    seen(one("PROXY UNKNOWN\r\n"), "");
    long began = System.nanoTime();
    try (RawVisitor visitor = rig.visitor()) {
      Thread dripping =
          new Thread(
              () -> {
                try {
                  for (char next : "PROXY TCP4 203.0.113.5 10.0.0.9 4000".toCharArray()) {
                    visitor.send(String.valueOf(next));
                    Wait.pause(100);
                  }
                } catch (UncheckedIOException closed) {
                  // That is the play.
                }
              });
      dripping.start();
      assertThat(visitor.readAll()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(HEAD.multipliedBy(2));
      assertThat(rig.refused).containsExactly(ConnectionObserver.Reason.PROXY_PROTOCOL_LATE);
      dripping.join();
    }
  }

  @Test
  void whoWasQuickToBeginStays() {
    listens("127.0.0.1", null);
    seen(one("PROXY UNKNOWN\r\n"), "");
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(one("PROXY UNKNOWN\r\n")).send(GET + "\r\n").readUntil("\n.");
      Wait.pause(HEAD.plusMillis(300)); // longer than a head may take
      visitor.send(GET + "\r\n").readUntil("\n.");
    }
    assertThat(rig.refused).isEmpty();
  }

  @Test
  void theProtocolComesBeforeTls(@TempDir Path folder) throws Exception {
    listens("127.0.0.1", TestCertificate.writeTo(folder));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new BelieveAll()}, new SecureRandom());
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
      plain.setSoTimeout(5000);
      plain.getOutputStream().write(one("PROXY TCP4 203.0.113.5 10.0.0.9 40000 443\r\n"));
      SSLSocket tls =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, "localhost", rig.port(), false);
      tls.getOutputStream().write(one(GET + "Connection: close\r\n\r\n"));
      assertThat(new String(tls.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .contains("usher-pass: 203.0.113.5\n", "x-forwarded-proto: https\n");
    }
  }

  /** The certificate under test was made a moment ago by the test itself. */
  private static final class BelieveAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
