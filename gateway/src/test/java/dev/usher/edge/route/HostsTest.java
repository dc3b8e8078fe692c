package dev.usher.edge.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.route.RoomRoute.Bypass;
import dev.usher.edge.route.RoomRoute.Cookies;
import dev.usher.http.Client;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostsTest {
  private static final RoomRoute CONCERT = room("concert", "shop", "tickets.example");
  private static final RoomRoute THEATRE = room("theatre", "stage", "theatre.example");

  private static RoomRoute room(String name, String upstream, String... hosts) {
    return new RoomRoute(
        name,
        upstream,
        List.of(hosts),
        List.of("/" + name),
        Bypass.NONE,
        Cookies.DEFAULT,
        200,
        429,
        RoomRoute.Bounds.DEFAULT);
  }

  private static Route route(Routes routes, @Nullable String host, String target) {
    return routes.route(host, target, "GET", InetAddress.getLoopbackAddress());
  }

  private static String deciding(Routes routes, @Nullable String host, @Nullable String forwarded) {
    return String.valueOf(
        routes.deciding(
            new Client("192.0.2.1", true, host, forwarded, "10.0.0.1", Client.Heard.X_FORWARDED)));
  }

  @Test
  void aHostThatNoRoomNamesIsMisdirectedUnlessItIsWrittenWhereItLeads() {
    Routes closed = new Routes(List.of(CONCERT), null);
    Routes open = new Routes(List.of(CONCERT), "shop");
    for (String host :
        new String[] {
          null, "", "other.example", "127.0.0.1:8080", "tickets.example..", "www.tickets.example"
        }) {
      for (String target :
          new String[] {"/concert", "/concert/buy", "/", "//concert", "/_usher/join"}) {
        assertThat(route(closed, host, target).kind())
            .as("%s %s", host, target)
            .isEqualTo(Route.Kind.MISDIRECTED);
      }
      assertThat(route(open, host, "/concert").kind()).isEqualTo(Route.Kind.OUTSIDE);
      assertThat(route(open, host, "/concert").upstream()).isEqualTo("shop");
    }
    for (String host : new String[] {"tickets.example", "TICKETS.example.:8443"}) {
      assertThat(route(closed, host, "/concert").kind()).isEqualTo(Route.Kind.GUARDED);
      assertThat(route(closed, host, "/").upstream()).isEqualTo("shop");
      assertThat(route(closed, host, "/_usher/join").kind()).isEqualTo(Route.Kind.RESERVED);
    }
  }

  @Test
  void whereNoRoomNamesHostsEveryHostIsServed() {
    Routes routes = new Routes(List.of(room("concert", "shop")), null);
    assertThat(route(routes, "any.example", "/concert").kind()).isEqualTo(Route.Kind.GUARDED);
    assertThat(route(routes, "any.example", "/").upstream()).isEqualTo("shop");
    assertThat(route(routes, null, "/_usher/join").kind()).isEqualTo(Route.Kind.RESERVED);
  }

  @Test
  void aRoomForEveryHostGuardsThoseThatNobodyNamesAndOpensNothingElse() {
    Routes routes = new Routes(List.of(CONCERT, room("sale", "shop")), null);
    assertThat(route(routes, "any.example", "/sale").kind()).isEqualTo(Route.Kind.GUARDED);
    assertThat(route(routes, "any.example", "/_usher/join").kind()).isEqualTo(Route.Kind.RESERVED);
    assertThat(route(routes, "any.example", "/concert").kind()).isEqualTo(Route.Kind.MISDIRECTED);
  }

  @Test
  void whatNoRoomGuardsOnANamedHostGoesToTheUpstreamOfItsRooms() {
    Routes routes = new Routes(List.of(CONCERT, THEATRE), null);
    assertThat(route(routes, "tickets.example", "/about").upstream()).isEqualTo("shop");
    assertThat(route(routes, "theatre.example", "/about").upstream()).isEqualTo("stage");
    Routes shared = new Routes(List.of(CONCERT, room("other", "stage", "tickets.example")), null);
    assertThat(route(shared, "tickets.example", "/about").upstream()).isNull();
  }

  @Test
  void aForwardedHostCountsOnlyWhereTheHostNamesNoRoomAndItselfDoes() {
    Routes routes = new Routes(List.of(CONCERT, THEATRE), null);
    assertThat(deciding(routes, "origin-7.internal", "Tickets.example:443"))
        .isEqualTo("Tickets.example:443");
    assertThat(deciding(routes, null, "tickets.example")).isEqualTo("tickets.example");
    assertThat(deciding(routes, "theatre.example", "tickets.example")).isEqualTo("theatre.example");
    assertThat(deciding(routes, "origin-7.internal", "other.example"))
        .isEqualTo("origin-7.internal");
    assertThat(deciding(routes, "origin-7.internal", null)).isEqualTo("origin-7.internal");
    // What is no host at all is not mended by another.
    assertThat(deciding(routes, "a b", "tickets.example")).isEqualTo("a b");
    assertThat(deciding(routes, "origin-7.internal", "a b")).isEqualTo("origin-7.internal");
  }

  @Test
  void anAddressIsOneHostInAllItsSpellings() {
    String[] names = {"[::1]", "[2001:DB8::A]", "[::FFFF:10.1.2.3]", "10.9.8.7"};
    Routes routes = new Routes(List.of(room("concert", "shop", names)), null);
    for (String host :
        List.of(
            "[::1]",
            "[::1]:8080",
            "[0:0:0:0:0:0:0:1]",
            "[0000::0001]:443",
            "[2001:db8::a]",
            "[2001:0DB8:0:0::A]:80",
            "10.1.2.3",
            "10.1.2.3:80",
            "[::ffff:10.1.2.3]",
            "[::ffff:a01:203]",
            "[::FFFF:10.9.8.7]:8080")) {
      assertThat(route(routes, host, "/concert").kind()).as(host).isEqualTo(Route.Kind.GUARDED);
    }
    for (String host :
        List.of("::1", "[fe80::1%eth0]", "[fe80::1%25eth0]", "[::1", "[::g]", "[]")) {
      assertThat(route(routes, host, "/concert").kind()).as(host).isEqualTo(Route.Kind.UNCLEAR);
    }
    for (String host : List.of("[::2]", "[::]", "10.1.2.4", "0xa.1.2.3", "167838211")) {
      assertThat(route(routes, host, "/concert").kind()).as(host).isEqualTo(Route.Kind.MISDIRECTED);
    }
  }

  @Test
  void whetherUsherIsWellMayBeAskedByAnyHost() {
    Routes routes = new Routes(List.of(CONCERT), null);
    for (String host : new String[] {null, "10.0.0.9:8080", "other.example", "a b"}) {
      assertThat(route(routes, host, "/_usher/health").kind()).isEqualTo(Route.Kind.RESERVED);
      assertThat(route(routes, host, "/_usher/health?x").kind()).isEqualTo(Route.Kind.RESERVED);
      assertThat(route(routes, host, "/_usher/healthy").kind()).isNotEqualTo(Route.Kind.RESERVED);
    }
  }
}
