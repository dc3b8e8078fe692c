package dev.usher.accept;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

  @Test
  void jsonIsForThoseWhoPreferIt() {
    for (String accept :
        new String[] {
          "application/json", "application/json, text/plain, */*", "application/problem+json",
          "application/json, text/html;q=0.9", "text/html;q=0.5, application/*", "Application/JSON",
          "*/*;q=0.1, application/json;q=0.2", "text/html;q=0.998, application/json;q=0.999"
        }) {
      assertThat(Accept.prefersJson(accept)).as(accept).isTrue();
    }
    for (String accept :
        new String[] {
          BROWSER,
          "*/*",
          "",
          "text/html",
          "text/html, application/json",
          "application/json, text/html",
          "application/json;q=0.9, text/html",
          "application/json;q=0, */*",
          "image/png"
        }) {
      assertThat(Accept.prefersJson(accept)).as(accept).isFalse();
    }
    assertThat(Accept.prefersJson(null)).isFalse();
  }

  @Test
  void aPageIsAskedForByNameOnly() {
    for (String accept :
        new String[] {BROWSER, "text/html", "a/b;q=1, Text/HTML ; q=0.3", "text/html, */*"}) {
      assertThat(Accept.asksForPage(accept)).as(accept).isTrue();
    }
    for (String accept :
        new String[] {
          "",
          "*/*",
          "text/*",
          "text/html;q=0",
          "text/htmlx",
          "application/text/html",
          "application/json, text/html;q=0.9",
          "application/problem+json, text/html;q=.5"
        }) {
      assertThat(Accept.asksForPage(accept)).as(accept).isFalse();
    }
    assertThat(Accept.asksForPage(null)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "a, 1000",
    "a;q=1, 1000",
    "a;q=1.000, 1000",
    "a;q=0, 0",
    "a;q=0., 0",
    "a;q=0.5, 500",
    "a; Q=0.125, 125",
    "a;x=y;q=0.04, 40",
    "a;q=0.1239, 123",
    "a;q=.2, 200",
    "a;q=much, 0",
    "a;q=, 0",
    "a;q=-1, 0",
    "a;, 1000",
    "a;q, 1000"
  })
  void howMuchIsWantedIsReadAsFarAsItIsANumber(String entry, int thousandths) {
    WeightedList list = new WeightedList(entry + ",b;q=0.7");
    assertThat(list.next()).isTrue();
    assertThat(list.name()).isEqualTo("a");
    assertThat(list.weight()).isEqualTo(thousandths);
    assertThat(list.next()).isTrue();
    assertThat(list.name()).isEqualTo("b");
    assertThat(list.weight()).isEqualTo(700);
    assertThat(list.next()).isFalse();
  }

  @Test
  void ofALongHeaderTheBeginningIsRead() {
    assertThat(Accept.asksForPage("a/b,".repeat(100_000) + "text/html")).isFalse();
    assertThat(Accept.asksForPage("text/html," + "a/b,".repeat(100_000))).isTrue();
  }
}
