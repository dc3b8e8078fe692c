package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@Over(value = Way.class, smoke = true)
class WhereRequestsGoTest extends EveryWay {
  @Test
  void twoRoomsOfOneUpstreamShareItsCapacity() {
    int port =
        stage()
            .gateway(
                Stage.shop(stage().pod(), 2)
                    + "rooms: {concert: {paths: [/concert]}, theatre: {paths: [/theatre]}}")
            .port();
    Guest both = guest(port);
    both.comesIn("/concert");
    // The pass of one room is nothing to the other: this is a second session.
    both.comesIn("/theatre");
    assertThat(both.jar())
        .containsOnlyKeys(way().cookie("usher-pass-concert"), way().cookie("usher-pass-theatre"));
    assertThat(guest(port).opens("/concert").state()).isEqualTo("waiting");
    Guest theatre = guest(port);
    assertThat(theatre.opens("/theatre").state()).isEqualTo("waiting");
  }

  @Test
  void aPlaceFreedInOneRoomIsFilledFromTheOther() {
    int port =
        stage()
            .gateway(
                Stage.shop(stage().pod(), 1)
                    + "rooms: {concert: {paths: [/concert]}, theatre: {paths: [/theatre]}}")
            .port();
    Guest inside = guest(port);
    inside.comesIn("/concert");
    Guest next = guest(port);
    assertThat(next.opens("/theatre").state()).isEqualTo("waiting");
    inside.posts("/_usher/leave?room=concert");
    Stage.until("the other room comes in", () -> "admitted".equals(next.opens("/theatre").state()));
  }

  @Test
  void bypassesPassWithoutAPlace() {
    TestPod pod = stage().pod();
    int port = full(pod, "bypass: {paths: [/static], methods: [OPTIONS]}");
    Guest guest = guest(port);
    for (Reply reply :
        new Reply[] {guest.fetches("/static/logo.png"), guest.asks("OPTIONS", "/seats")}) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.state()).isEqualTo("bypassed");
      assertThat(reply.all("Set-Cookie")).isEmpty();
    }
    assertThat(guest.fetches("/staticlogo.png").status()).isEqualTo(429);
    int all = full(stage().pod(), "bypass: {from: [127.0.0.0/8]}");
    assertThat(guest(all).opens("/").state()).isEqualTo("bypassed");
  }

  @Test
  void noSpellingOfAGuardedPathSlipsPast() {
    TestPod pod = stage().pod();
    int port =
        stage()
            .gateway(
                Stage.shop(pod, 1) + "rooms: {concert: {paths: [/sale], bypass: {paths: [/open]}}}")
            .port();
    guest(port).comesIn("/sale");
    for (String path :
        List.of(
            "/sale",
            "/sale/",
            "/sale?x=1",
            "/SALE",
            "/%73ale",
            "/%2573ale",
            "//sale",
            "/./sale",
            "/x/..//sale",
            "/sale%2Fx",
            "/sale%00",
            "/sale;jsessionid=1",
            "/open/../sale",
            "/open/%2e%2e/sale",
            "/open/..%2fsale",
            "/open%5c..%5csale",
            "/open/..;/sale",
            "http://localhost/sale")) {
      assertThat(refusal(port, path)).as(path).isIn("400", "429", "RST_STREAM PROTOCOL_ERROR");
    }
    assertThat(pod.asked).hasSize(1);
  }

  /** The status of the answer; or how the stream ended, where HTTP/2 has no such request. */
  private String refusal(int port, String path) {
    try {
      return String.valueOf(guest(port).fetches(path).status());
    } catch (UncheckedIOException reset) {
      String why = String.valueOf(Objects.requireNonNull(reset.getCause()).getMessage());
      return why.substring(Math.max(0, why.indexOf("RST_STREAM")));
    }
  }

  @Test
  void outsideEveryRoomRequestsArePassedOn() {
    TestPod pod = stage().pod();
    int port = stage().gateway(Stage.shop(pod, 1) + "rooms: {concert: {paths: [/sale]}}").port();
    Guest guest = guest(port);
    for (int i = 0; i < 3; i++) {
      Reply reply = guest.opens("/about?page=" + i);
      assertThat(reply.body()).isEqualTo("in");
      assertThat(reply.state()).isNull();
      assertThat(pod.last().uri()).isEqualTo("/about?page=" + i);
    }
    assertThat(guest.jar()).isEmpty();
  }

  @Test
  void aRoomGuardsItsHostsOnly() {
    TestPod shop = stage().pod();
    TestPod forum = stage().pod();
    int port =
        stage()
            .gateway(
                """
                upstreams:
                  shop: {pods: ["%s"], sessionsPerPod: 1, probe: {path: /healthz, timeout: 10s}}
                  forum: {pods: ["%s"], sessionsPerPod: 1, probe: {path: /healthz, timeout: 10s}}
                defaultUpstream: forum
                rooms:
                  concert: {upstream: shop, hosts: [shop.example.com]}
                """
                    .formatted(shop.url(), forum.url()))
            .port();
    Guest buyer = guest(port).always("Host: shop.example.com");
    buyer.comesIn("/");
    Guest second = guest(port).always("Host: SHOP.example.com:8080");
    assertThat(second.opens("/").state()).isEqualTo("waiting");
    Guest reader = guest(port).always("Host: forum.example.com");
    assertThat(reader.opens("/").state()).isNull();
    assertThat(reader.opens("/").body()).isEqualTo("in");
    assertThat(shop.asked).hasSize(1);
    assertThat(forum.asked).hasSize(2);
  }

  private int full(TestPod pod, String room) {
    int port = stage().gateway(Stage.shop(pod, 1) + "rooms: {concert: {" + room + "}}").port();
    guest(port).opens("/");
    return port;
  }
}
