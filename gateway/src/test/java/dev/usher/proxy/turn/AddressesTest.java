package dev.usher.proxy.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import dev.usher.house.Over;
import dev.usher.http.Cidr;
import dev.usher.proxy.ProxyRig;
import dev.usher.proxy.connection.OutsideOptions;
import dev.usher.proxy.connection.ProxyOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;

/** What one address may have on its way outside the rooms, by whatever connections it comes. */
@ParameterizedClass
@Over(Wire.class)
@Execution(ExecutionMode.CONCURRENT)
class AddressesTest {
  private final ProxyRig rig;
  private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
  private final List<RawVisitor> visitors = new ArrayList<>();

  AddressesTest(Wire wire) {
    this.rig = new ProxyRig(wire);
  }

  private void start(int cap, OutsideOptions outside) {
    start(cap, outside, rig.options.requestTimeout());
  }

  private void start(int cap, OutsideOptions outside, Duration requestTimeout) {
    ProxyOptions usual = rig.options;
    rig.options =
        new ProxyOptions(
            usual.connectTimeout(),
            requestTimeout,
            usual.hold(),
            usual.podIdle(),
            usual.connectionsPerPod(),
            outside);
    rig.cap = cap;
    rig.listen = rig.listening(List.of(Cidr.of("127.0.0.1")), ProxyRig.LIMITS);
    rig.pod(
        request -> {
          if (request.uri().equals("/held")) {
            held.add(request);
          } else {
            request.response().end("quick");
          }
        });
    rig.passage =
        p -> {
          Turn turn = rig.addresses.turn(p.client().inetAddress(), outside);
          return turn == null ? p : p.inTurn(turn);
        };
    rig.start();
  }

  private RawVisitor from(String address, String path) {
    RawVisitor visitor =
        rig.visitor()
            .send(
                RawVisitor.head(
                    "GET " + path + " HTTP/1.1", "Host: shop", "X-Forwarded-For: " + address));
    visitors.add(visitor);
    return visitor;
  }

  private void crowd(int count, String address) {
    for (int i = 0; i < count; i++) {
      from(address, "/held");
    }
  }

  @AfterEach
  void nothingIsLeft() {
    visitors.forEach(RawVisitor::close);
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0 && rig.addresses.underway() == 0);
    rig.close();
  }

  @Test
  void aHundredSlowRequestsOfOneAddressLeaveTheOthersServedAndAreAllAnswered() {
    start(100, OutsideOptions.DEFAULT);
    crowd(100, "192.0.2.1");
    ProxyRig.eventually(() -> held.size() == 25);
    from("198.51.100.7", "/quick").readUntil("quick");
    assertThat(rig.set().holding()).isZero();
    assertThat(held).hasSize(25);
    int answered = 0;
    while (answered < 100) {
      HttpServerRequest one = held.poll();
      if (one != null) {
        one.response().end("held");
        answered++;
      }
    }
    visitors.subList(0, 100).forEach(one -> one.readUntil("held"));
  }

  @Test
  void aSmallHouseIsNeverFullOfOneAddress() {
    start(8, OutsideOptions.DEFAULT);
    crowd(20, "192.0.2.1");
    ProxyRig.eventually(() -> held.size() == 4);
    from("198.51.100.7", "/quick").readUntil("quick");
    assertThat(held).hasSize(4);
  }

  @Test
  void aHouseholdOfIpv6IsOneAddressAndItsNeighbourAnother() {
    start(100, new OutsideOptions(3, List.of()));
    crowd(2, "2001:db8:1:100::1");
    crowd(2, "2001:db8:1:1ff::2");
    ProxyRig.eventually(() -> held.size() == 3);
    from("2001:db8:1:200::1", "/quick").readUntil("quick");
    assertThat(held).hasSize(3);
  }

  @Test
  void loopbackAndListedAddressesAndAllWhereTheBoundIsOffAreNotBound() throws UnknownHostException {
    start(100, new OutsideOptions(2, List.of(Cidr.of("192.0.2.0/24"))));
    crowd(10, "127.0.0.9");
    crowd(10, "::1");
    crowd(10, "192.0.2.77");
    ProxyRig.eventually(() -> held.size() == 30);
    assertThat(rig.addresses.underway()).isZero();
    OutsideOptions off = new OutsideOptions(0, List.of());
    assertThat(rig.addresses.turn(InetAddress.getByName("203.0.113.1"), off)).isNull();
  }

  @Test
  void aLineThatStandsStillIsToldSoByACauseOfItsOwn() {
    start(100, new OutsideOptions(2, List.of()), Duration.ofSeconds(3));
    crowd(2, "192.0.2.1");
    ProxyRig.eventually(() -> held.size() == 2);
    held.forEach(one -> one.response().setChunked(true));
    // The pods send now and then, so that only the line stands still.
    long beat = rig.vertx.setPeriodic(100, id -> held.forEach(one -> one.response().write(".")));
    RawVisitor third = from("192.0.2.1", "/quick");
    assertThat(third.readUntil("\r\n\r\n")).contains(" 429 ").contains("retry-after: 1");
    assertThat(rig.finished).contains("429 TOO_MANY_FROM_ADDRESS");
    rig.vertx.cancelTimer(beat);
  }
}
