package dev.usher.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NavigationTest {
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

  @Test
  void someoneGoingToAPageIsANavigation() {
    for (String accept :
        new String[] {
          BROWSER, "*/*", "text/html", "text/*", "TEXT/HTML;q=0.1", "a/b , */* ;q=0.001"
        }) {
      assertThat(is(Map.of("Accept", accept))).as(accept).isTrue();
    }
    assertThat(is(Map.of())).isTrue();
    for (String destination : new String[] {"document", "iframe"}) {
      assertThat(
              is(
                  Map.of(
                      "Accept", BROWSER,
                      "Sec-Fetch-Mode", "navigate",
                      "Sec-Fetch-Dest", destination)))
          .isTrue();
    }
  }

  @Test
  void whoDoesNotAdmitHtmlIsNotGoingToAPage() {
    for (String accept :
        new String[] {
          "",
          "application/json",
          "image/*",
          "text/event-stream",
          "text/html;q=0",
          "text/htmlx",
          "text/html;q=0.000, */*",
          "text/*;q=0, */*",
          "*/*;q=0",
          "text/html;level=1;q=0",
          "xtext/html"
        }) {
      assertThat(is(Map.of("Accept", accept))).as(accept).isFalse();
    }
  }

  @Test
  void whatABrowserFetchesByItselfIsNone() {
    assertThat(is(Map.of("Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"))).isFalse();
    assertThat(is(Map.of("Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"))).isFalse();
    assertThat(is(Map.of("Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "object"))).isFalse();
    assertThat(is(Map.of("Sec-Fetch-Dest", "script"))).isFalse();
    assertThat(is(Map.of("Accept", BROWSER, "Sec-Purpose", "prefetch;prerender"))).isFalse();
    assertThat(is(Map.of("Accept", BROWSER, "Purpose", "prefetch"))).isFalse();
    assertThat(is(Map.of("X-Requested-With", "XMLHttpRequest"))).isFalse();
    assertThat(is(Map.of("Sec-WebSocket-Key", "x"))).isFalse();
  }

  @Test
  void onlyAGetIsANavigation() {
    for (String method : new String[] {"HEAD", "POST", "OPTIONS", "get"}) {
      assertThat(Navigation.is(method, name -> null)).as(method).isFalse();
    }
  }

  private static boolean is(Map<String, String> headers) {
    return Navigation.is("GET", headers::get);
  }
}
