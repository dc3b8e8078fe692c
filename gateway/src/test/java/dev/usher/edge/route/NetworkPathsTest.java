package dev.usher.edge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows two slashes is a host to those who resolve a target as a reference. */
class NetworkPathsTest {
  private final Routes routes =
      new Routes(
          List.of(
              RoutesTest.room("sale", List.of(), List.of("/sale")),
              RoutesTest.room("vip", List.of(), List.of("/sale/vip"))),
          "web");

  private Route.Kind kind(String target) {
    return routes.route("other", target, "GET", InetAddress.getLoopbackAddress()).kind();
  }

  @Test
  void whatSomeTakeForAHostHidesNoPath() {
    for (String target :
        new String[] {
          "//x/sale",
          "//x/sale/buy?y",
          "//x.example:80/sale",
          "///x/sale",
          "////x/sale",
          "/\\x/sale",
          "/\\/x/sale",
          "//x\\sale",
          "//x@y/sale",
          "//me:secret@[::1]:80/sale",
          "//x//sale",
          "//x/%73ale",
          "//x/./sale",
          "//x/y/../sale",
          "//other/sale;p",
          "//x;y/sale",
          "/.//x/sale",
          "/./\\x/sale",
          "/%2fx/sale",
          "/%2F%2fx/sale",
          "/%5Cx/sale",
          "/%5C%5Cx%5Csale",
          "/%252fx/sale",
          "/a/..//x/sale",
          "//%73ale/sale"
        }) {
      assertThat(kind(target)).as(target).isEqualTo(Route.Kind.GUARDED);
    }
  }

  @Test
  void ofTwoReadingsInTwoRoomsNeitherOpensTheOther() {
    assertThat(kind("//sale/sale/vip")).isEqualTo(Route.Kind.UNCLEAR);
  }

  @Test
  void whatBypassesByOneReadingOnlyWaits() {
    assertThat(kind("/sale/health")).isEqualTo(Route.Kind.BYPASSED);
    assertThat(kind("//sale/health")).isEqualTo(Route.Kind.GUARDED);
  }

  @Test
  void whatIsInNoRoomByAnyReadingStaysOutside() {
    for (String target :
        new String[] {"//x/about", "//x", "//", "//x/salesman", "/x//y/sale.json"}) {
      assertThat(kind(target)).as(target).isEqualTo(Route.Kind.OUTSIDE);
    }
  }
}
