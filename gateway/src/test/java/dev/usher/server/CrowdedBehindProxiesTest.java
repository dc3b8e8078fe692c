package dev.usher.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.http.Cidr;
import dev.usher.proxy.ProxyRig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who makes room where all connections come from a load balancer. */
class CrowdedBehindProxiesTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: s\r\n\r\n";

  /** An address that is trusted, too: a CDN's before the balancer. */
  private static final String CDN = "198.51.100.7";

  private final ProxyRig rig = new ProxyRig();
  private final List<RawVisitor> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(RawVisitor::close);
    rig.close();
  }

  private void start(boolean proxyProtocol, int connections, int perAddress) {
    rig.pod(request -> request.response().end("ok"));
    rig.listen =
        new ListenOptions(
            "127.0.0.1",
            0,
            null,
            new ListenOptions.Proxies(
                List.of(Cidr.of("127.0.0.1"), Cidr.of(CDN)), false, proxyProtocol),
            new ListenOptions.Limits(
                8192,
                0,
                connections,
                perAddress,
                Duration.ofSeconds(3),
                Duration.ofSeconds(9),
                Duration.ofSeconds(9)));
    rig.start();
  }

  private RawVisitor connects() {
    RawVisitor visitor = rig.visitor();
    open.add(visitor);
    return visitor;
  }

  private RawVisitor from(String address) {
    return connects().send("PROXY TCP4 " + address + " 10.0.0.9 40000 443\r\n").send(GET);
  }

  @Test
  void anIdleOneOfTheProxyItselfMakesRoomAtLast() {
    start(false, 3, 0);
    for (int i = 0; i < 7; i++) {
      connects().send(GET).readUntil("ok");
    }
  }

  @Test
  void byTheProtocolEachConnectionIsOneVisitorsAndMakesRoom() {
    start(true, 3, 0);
    for (int i = 0; i < 7; i++) {
      from("203.0.113." + i).readUntil("ok");
    }
  }

  @Test
  void strangersMakeRoomBeforeAnyTrustedProxy() {
    start(true, 5, 0);
    List<RawVisitor> proxies = List.of(from(CDN), connects().send("PROXY UNKNOWN\r\n").send(GET));
    proxies.forEach(proxy -> proxy.readUntil("ok"));
    for (int i = 0; i < 9; i++) {
      from("203.0.113." + i).readUntil("ok");
    }
    proxies.forEach(proxy -> proxy.send(GET).readUntil("ok"));
  }

  @Test
  void byTheProtocolAVisitorsAddressIsBoundAndTheirIdleTimeIsAVisitors() {
    start(true, 100, 2);
    RawVisitor first = from("203.0.113.5");
    first.readUntil("ok");
    from("203.0.113.5").readUntil("ok");
    assertThat(from("203.0.113.5").readAll()).startsWith("HTTP/1.1 503");
    for (int i = 0; i < 3; i++) {
      from(CDN).readUntil("ok");
    }
    from("203.0.113.6").readUntil("ok");
    assertThat(first.readByte()).as("the end, long before a proxy's").isEqualTo(-1);
  }
}
