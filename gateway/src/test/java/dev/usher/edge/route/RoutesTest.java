package dev.usher.edge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.edge.route.RoomRoute.Bypass;
import dev.usher.edge.route.RoomRoute.Cookies;
import dev.usher.http.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();
  private static final Bypass HEALTH =
      new Bypass(
          List.of("/sale/health", "/sale/caf\u00e9"),
          List.of("OPTIONS"),
          List.of(Cidr.of("10.0.0.0/8")));

  private final Routes routes =
      new Routes(
          List.of(
              room("sale", List.of(), List.of("/sale", "/deals/")),
              room("vip", List.of(), List.of("/sale/vip")),
              room("all-of-it", List.of("Shop.Example", "[2001:DB8::1]"), List.of("/"))),
          "web");

  static RoomRoute room(String name, List<String> hosts, List<String> paths) {
    RoomRoute.Bounds bounds = RoomRoute.Bounds.DEFAULT;
    return new RoomRoute(name, "shop", hosts, paths, HEALTH, Cookies.DEFAULT, 200, 429, bounds);
  }

  @Test
  void aPrefixGuardsWholeSegments() {
    guarded(
        "sale", "/sale", "/sale/", "/sale/x", "/sale?x=1", "/sale/x?a=/../b", "/deals", "/SALE/x");
    outside("/", "/salesman", "/sal", "/sale-x", "/x/sale", "/sale.html", "/?/sale", "/x?y=/sale");
  }

  @Test
  void theLongestPathWins() {
    guarded("vip", "/sale/vip", "/sale/vip/x", "/sale/vip?x");
    guarded("sale", "/sale/vipx", "/sale/v");
  }

  @Test
  void aRoomThatNamesTheHostComesFirst() {
    String[] spellings = {
      "shop.example",
      "SHOP.example",
      "shop.example:8443",
      "shop.example.",
      "shop.example.:80",
      "shop.example:",
      "[2001:db8::1]",
      "[2001:DB8:0:0:0:0:0:1]:443",
      "[2001:0db8::0001]"
    };
    for (String host : spellings) {
      assertThat(room(host, "/sale")).as(host).isEqualTo("all-of-it");
      assertThat(room(host, "/anything")).as(host).isEqualTo("all-of-it");
    }
    for (String host :
        new String[] {"example", "other.example", "[2001:db8::2]", "127.0.0.1", ""}) {
      assertThat(room(host, "/sale")).as(host).isEqualTo("sale");
      assertThat(room(host, "/anything")).as(host).isNull();
    }
    assertThat(routes.route(null, "/sale", "GET", CLIENT).kind()).isEqualTo(Route.Kind.GUARDED);
  }

  @Test
  void whatIsNoHostIsUnclear() {
    String[] wrong = {
      "shop.example/x",
      "me@shop.example",
      "shop.example:80:80",
      "shop.example:x",
      "shop example",
      "[::1",
      "[::1]x",
      "[shop]",
      "[fe80::1%eth0]",
      ":80",
      ".",
      "shop.example,other",
      "caf\u00e9",
      "x".repeat(300),
      "shop.example\\x"
    };
    for (String host : wrong) {
      assertThat(routes.route(host, "/sale", "GET", CLIENT).kind())
          .as(host)
          .isEqualTo(Route.Kind.UNCLEAR);
    }
  }

  @Test
  void aTargetIsAPathOrAnAsterisk() {
    assertThat(room("other", "*")).isNull();
    for (String target : new String[] {"sale", "", "http://other/sale", "other:443", "*/sale"}) {
      assertThat(routes.route("other", target, "GET", CLIENT).kind())
          .as(target)
          .isEqualTo(Route.Kind.UNCLEAR);
    }
  }

  @Test
  void noSpellingOfAGuardedPathSlipsPast() {
    guarded(
        "sale",
        "/%73ale",
        "/%2573ale",
        "/%252573ale",
        "//sale",
        "///sale//",
        "/./sale",
        "/x/../sale",
        "/../sale",
        "/%2e/sale",
        "/x/%2E%2e/sale",
        "/x%2f..%2fsale",
        "/x%252f..%252fsale",
        "/%2fsale",
        "/\\sale",
        "\\sale".replace("\\", "/%5c"),
        "/sale;id=1",
        "/sale;a/b",
        "/;x/sale",
        "/x/..;/sale",
        "/x/..;a=b/sale",
        "/x//../../sale",
        "/x//../sale",
        "/DEALS");
  }

  @Test
  void nothingBehindAGuardedPathSlipsPast() {
    guarded(
        "sale",
        "/sale%2fx",
        "/sale%5cx",
        "/sale%3bx",
        "/sale%3fx",
        "/sale%23x",
        "/sale#x",
        "/sale/../x",
        "/sale/x%zz",
        "/sale/%",
        "/sale/%4",
        "/%%37%33ale",
        "/sale/caf%C3%A8",
        "/sale/\u00c3\u00a8",
        "/sale/ x");
    guarded("vip", "/sale\\vip", "/sale%5cvip");
  }

  @Test
  void whatCannotBeASpellingOfAGuardedPathStaysOutside() {
    outside(
        "/caf%C3%A9",
        "/x%2fsale",
        "/100%",
        "/%zzsale",
        "/.well-known/x",
        "/a..b/c.",
        "/%EF%BC%8Fsale",
        "/a;b=c/d",
        "/a//b",
        "/x/./y");
  }

  @Test
  void aPathThatIsInTwoRoomsOrThatNobodyWritesIsUnclear() {
    String[] unclear = {
      "/sale/vip/../x",
      "/sale/x/../vip",
      "/sale/vip%2f..%2fx",
      "/x%00/sale",
      "/%0asale",
      "/%c0%afsale",
      "/%c0%ae%c0%ae/sale",
      "/%e0%80%afsale",
      "/\u4f60",
      "/%25c0%25afsale",
      "/a%2f" + "x".repeat(5000),
      "/%" + "25".repeat(200) + "2f",
      "/\u007f",
      "/a\tb"
    };
    for (String path : unclear) {
      assertThat(routes.route("other", path, "GET", CLIENT).kind())
          .as(path)
          .isEqualTo(Route.Kind.UNCLEAR);
    }
  }

  @Test
  void aRequestBypassesByAnyOneRule() throws Exception {
    assertThat(kind("/sale/health", "GET")).isEqualTo(Route.Kind.BYPASSED);
    assertThat(kind("/sale/health/db?x", "GET")).isEqualTo(Route.Kind.BYPASSED);
    assertThat(kind("/sale", "OPTIONS")).isEqualTo(Route.Kind.BYPASSED);
    assertThat(kind("//sale", "OPTIONS")).isEqualTo(Route.Kind.BYPASSED);
    assertThat(routes.route("", "/sale", "GET", InetAddress.getByName("10.1.2.3")).kind())
        .isEqualTo(Route.Kind.BYPASSED);
    assertThat(routes.route("", "/sale", "GET", InetAddress.getByName("11.1.2.3")).kind())
        .isEqualTo(Route.Kind.GUARDED);
  }

  @Test
  void aPathBypassesOnlyIfEveryReadingDoes() {
    String[] all = {"/sale/health", "/sale/caf%C3%A9", "/sale/%68ealth", "/sale/health/a%2fb"};
    for (String path : all) {
      assertThat(kind(path, "GET")).as(path).isEqualTo(Route.Kind.BYPASSED);
    }
    String[] some = {
      "/sale/healthy",
      "/sale/Health",
      "/sale/health/..",
      "/sale/health/../x",
      "/sale/health/..%2fx",
      "/sale/health;x",
      "/sale//health",
      "/sale/x/../health",
      "/sale/health\\..\\x",
      "/sale/health%3bx",
      "/sale/health%2f..%2f..%2fsale",
      "/sale/health/..;/x",
      "/sale%2fhealth"
    };
    for (String path : some) {
      assertThat(kind(path, "GET")).as(path).isEqualTo(Route.Kind.GUARDED);
    }
  }

  @Test
  void theReservedPrefixIsUshersInItsPlainSpellingOnly() {
    for (String path : new String[] {"/_usher", "/_usher/", "/_usher/place?room=x"}) {
      assertThat(kind(path, "GET")).as(path).isEqualTo(Route.Kind.RESERVED);
      assertThat(routes.route("shop.example", path, "GET", CLIENT).kind())
          .isEqualTo(Route.Kind.RESERVED);
    }
    outside(
        "/%5fusher/join",
        "//_usher/join", "/_usher;x", "/_USHER/join", "/_ushers", "/x/../_usher/");
    guarded("sale", "/_usher/../sale");
  }

  @Test
  void roomsThatCannotBeToldApartOrReachedAreRefusedAtTheStart() {
    refused(
        "both guard", room("a", List.of(), List.of("/x")), room("b", List.of(), List.of("/X/")));
    refused("must begin with a slash", room("a", List.of(), List.of("x")));
    refused("must begin with a slash", room("a", List.of(), List.of("/x/../y")));
    refused("must begin with a slash", room("a", List.of(), List.of("/x//y")));
    refused("must begin with a slash", room("a", List.of(), List.of("/x%2fy")));
    refused("must begin with a slash", room("a", List.of(), List.of("/x?y")));
    refused("Usher's own", room("a", List.of(), List.of("/_usher/x")));
    refused("without a path", room("a", List.of("http://x"), List.of("/")));
    refused("without a path", room("a", List.of(""), List.of("/")));
  }

  private static void refused(String says, RoomRoute... rooms) {
    assertThatThrownBy(() -> new Routes(List.of(rooms), "web"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }

  private void guarded(String room, String... paths) {
    for (String path : paths) {
      Route route = routes.route("other", path, "GET", CLIENT);
      assertThat(route.kind()).as(path).isEqualTo(Route.Kind.GUARDED);
      assertThat(route.upstream()).isEqualTo("shop");
      assertThat(room("other", path)).as(path).isEqualTo(room);
    }
  }

  private void outside(String... paths) {
    for (String path : paths) {
      Route route = routes.route("other", path, "GET", CLIENT);
      assertThat(route).as(path).isEqualTo(new Route(Route.Kind.OUTSIDE, null, "web"));
    }
  }

  private Route.Kind kind(String path, String method) {
    return routes.route("other", path, method, CLIENT).kind();
  }

  private @Nullable String room(String host, String path) {
    RoomRoute room = routes.route(host, path, "GET", CLIENT).room();
    return room == null ? null : room.room();
  }
}
