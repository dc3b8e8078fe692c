package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhereRequestsGoTest {
  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);

  @BeforeEach
  void set() {
    stage = new Stage(folder);
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  @Test
  void twoRoomsOfOneUpstreamShareItsCapacity() {
    int port =
        stage
            .gateway(
                Stage.shop(stage.pod(), 2)
                    + "rooms: {concert: {paths: [/concert]}, theatre: {paths: [/theatre]}}")
            .port();
    Guest both = new Guest(port);
    assertThat(both.opens("/concert").state()).isEqualTo("admitted");
    // The pass of one room is nothing to the other: this is a second session.
    assertThat(both.opens("/theatre").state()).isEqualTo("admitted");
    assertThat(both.jar()).containsOnlyKeys("usher-pass-concert", "usher-pass-theatre");
    assertThat(new Guest(port).opens("/concert").state()).isEqualTo("waiting");
    Guest theatre = new Guest(port);
    assertThat(theatre.opens("/theatre").state()).isEqualTo("waiting");
  }

  @Test
  void aPlaceFreedInOneRoomIsFilledFromTheOther() {
    int port =
        stage
            .gateway(
                Stage.shop(stage.pod(), 1)
                    + "rooms: {concert: {paths: [/concert]}, theatre: {paths: [/theatre]}}")
            .port();
    Guest inside = new Guest(port);
    inside.opens("/concert");
    Guest next = new Guest(port);
    assertThat(next.opens("/theatre").state()).isEqualTo("waiting");
    inside.posts("/_usher/leave?room=concert");
    Stage.until("the other room comes in", () -> "admitted".equals(next.opens("/theatre").state()));
  }

  @Test
  void bypassesPassWithoutAPlace() {
    TestPod pod = stage.pod();
    int port = full(pod, "bypass: {paths: [/static], methods: [OPTIONS]}");
    Guest guest = new Guest(port);
    for (Reply reply :
        new Reply[] {guest.fetches("/static/logo.png"), guest.asks("OPTIONS", "/seats")}) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.state()).isEqualTo("bypassed");
      assertThat(reply.all("Set-Cookie")).isEmpty();
    }
    assertThat(guest.fetches("/staticlogo.png").status()).isEqualTo(429);
    int all = full(stage.pod(), "bypass: {from: [127.0.0.0/8]}");
    assertThat(new Guest(all).opens("/").state()).isEqualTo("bypassed");
  }

  @Test
  void noSpellingOfAGuardedPathSlipsPast() {
    TestPod pod = stage.pod();
    int port =
        stage
            .gateway(
                Stage.shop(pod, 1) + "rooms: {concert: {paths: [/sale], bypass: {paths: [/open]}}}")
            .port();
    new Guest(port).opens("/sale");
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
      assertThat(new Guest(port).fetches(path).status()).as(path).isIn(400, 429);
    }
    assertThat(pod.asked).hasSize(1);
  }

  @Test
  void outsideEveryRoomRequestsArePassedOn() {
    TestPod pod = stage.pod();
    int port = stage.gateway(Stage.shop(pod, 1) + "rooms: {concert: {paths: [/sale]}}").port();
    Guest guest = new Guest(port);
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
    TestPod shop = stage.pod();
    TestPod forum = stage.pod();
    int port =
        stage
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
    Guest buyer = new Guest(port).always("Host: shop.example.com");
    assertThat(buyer.opens("/").state()).isEqualTo("admitted");
    Guest second = new Guest(port).always("Host: SHOP.example.com:8080");
    assertThat(second.opens("/").state()).isEqualTo("waiting");
    Guest reader = new Guest(port).always("Host: forum.example.com");
    assertThat(reader.opens("/").state()).isNull();
    assertThat(reader.opens("/").body()).isEqualTo("in");
    assertThat(shop.asked).hasSize(1);
    assertThat(forum.asked).hasSize(2);
  }

  private int full(TestPod pod, String room) {
    int port = stage.gateway(Stage.shop(pod, 1) + "rooms: {concert: {" + room + "}}").port();
    new Guest(port).opens("/");
    return port;
  }
}
