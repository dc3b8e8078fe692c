package dev.usher.edge.cookie;

import static dev.usher.edge.cookie.CacheRule.Action.SET;
import static dev.usher.edge.cookie.CacheRule.Action.SET_AND_MAKE_PRIVATE;
import static dev.usher.edge.cookie.CacheRule.Action.WAIT;
import static dev.usher.edge.cookie.CacheRule.Wanted.NOW;
import static dev.usher.edge.cookie.CacheRule.Wanted.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheRuleTest {
  @Test
  void whatNoSharedCacheKeepsCarriesTheCookieAsItIs() {
    for (String control :
        new String[] {"no-store", "private", "max-age=60, PRIVATE", "No-Store, public"}) {
      assertThat(decide(control, NOW)).as(control).isEqualTo(new CacheRule.Answer(SET, null));
      assertThat(decide(control, SOON)).as(control).isEqualTo(new CacheRule.Answer(SET, null));
    }
  }

  @Test
  void whatASharedCacheWasToldToKeepMakesARenewalWait() {
    String[] told = {
      "public",
      "max-age=60",
      "s-maxage=60",
      "Public, Max-Age=0",
      "max-age=0, s-maxage=1",
      "no-cache, max-age=60",
      "private=\"Set-Cookie, X\", max-age=60",
      "x=\"a, private\", max-age=9"
    };
    for (String control : told) {
      assertThat(decide(control, SOON).action()).as(control).isEqualTo(WAIT);
      assertThat(decide(control, NOW).action()).as(control).isEqualTo(SET_AND_MAKE_PRIVATE);
    }
    Map<String, String> expires = Map.of("Expires", "Thu, 01 Jan 2099 00:00:00 GMT");
    assertThat(decide("GET", 200, expires, SOON).action()).isEqualTo(WAIT);
    assertThat(decide("POST", 200, expires, SOON).action()).isEqualTo(WAIT);
    assertThat(decide("GET", 302, expires, NOW).action()).isEqualTo(SET_AND_MAKE_PRIVATE);
  }

  @Test
  void whatASharedCacheMightKeepByItselfIsMadePrivate() {
    assertThat(decide("GET", 200, Map.of(), SOON))
        .isEqualTo(new CacheRule.Answer(SET_AND_MAKE_PRIVATE, "private"));
    assertThat(decide("HEAD", 404, Map.of(), NOW))
        .isEqualTo(new CacheRule.Answer(SET_AND_MAKE_PRIVATE, "private"));
    for (String control :
        new String[] {"no-cache", "max-age=0", "must-revalidate", "no-transform"}) {
      assertThat(decide(control, SOON).cacheControl()).isEqualTo("private, " + control);
    }
    assertThat(decide("GET", 200, Map.of("Expires", "0"), SOON).action())
        .isEqualTo(SET_AND_MAKE_PRIVATE);
  }

  @Test
  void whatNobodyKeepsWithoutBeingToldCarriesTheCookie() {
    assertThat(decide("POST", 200, Map.of(), SOON).action()).isEqualTo(SET);
    assertThat(decide("PUT", 200, Map.of("Cache-Control", "public"), SOON).action()).isEqualTo(SET);
    assertThat(decide("GET", 302, Map.of(), SOON).action()).isEqualTo(SET);
    assertThat(decide("GET", 500, Map.of(), SOON).action()).isEqualTo(SET);
  }

  @Test
  void theNewValueLosesOnlyWhatIsForSharedCaches() {
    assertThat(decide("public, max-age=60, s-maxage=600, proxy-revalidate, Immutable", NOW))
        .isEqualTo(new CacheRule.Answer(SET_AND_MAKE_PRIVATE, "private, max-age=60, immutable"));
    assertThat(decide("private=\"X, Y\",, ext=\"a, b\" , public", NOW).cacheControl())
        .isEqualTo("private, ext=\"a, b\"");
  }

  @Test
  void aHeaderForOneCacheCountsEvenBesidePrivate() {
    Map<String, String> targeted =
        Map.of("Cache-Control", "private", "CDN-Cache-Control", "max-age=9");

    assertThat(decide("GET", 200, targeted, SOON).action()).isEqualTo(WAIT);
    assertThat(decide("GET", 200, targeted, NOW))
        .isEqualTo(new CacheRule.Answer(SET_AND_MAKE_PRIVATE, "private"));
  }

  @Test
  void varyIsNoProtection() {
    Map<String, String> vary = Map.of("Vary", "Cookie", "Cache-Control", "max-age=60");

    assertThat(decide("GET", 200, vary, SOON).action()).isEqualTo(WAIT);
  }

  @Test
  void aRenewalWaitsUntilHalfOfTheLifeIsOver() {
    assertThat(CacheRule.renewal(0, 100, 49)).isEqualTo(SOON);
    assertThat(CacheRule.renewal(0, 100, 50)).isEqualTo(SOON);
    assertThat(CacheRule.renewal(0, 100, 51)).isEqualTo(NOW);
  }

  private static CacheRule.Answer decide(String cacheControl, CacheRule.Wanted wanted) {
    return decide("GET", 200, Map.of("Cache-Control", cacheControl), wanted);
  }

  private static CacheRule.Answer decide(
      String method, int status, Map<String, String> headers, CacheRule.Wanted wanted) {
    return CacheRule.decide(method, status, headers::get, wanted);
  }
}
