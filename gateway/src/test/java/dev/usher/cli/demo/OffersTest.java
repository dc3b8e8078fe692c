package dev.usher.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffersTest {
  @Test
  void everyOfferIsOnThePageAndInItsJson() {
    String page = new Offers(1).html();

    assertThat(page.split("<li>", -1)).hasSize(241);
    assertThat(page.split("\"title\":", -1)).hasSize(241);
    assertThat(page).contains("Berlin (").contains("2030, 20:00 <b>");
  }

  @Test
  void theSameVisitorSeesTheSameAndAnotherSeesOthers() {
    assertThat(new Offers(1).html()).isEqualTo(new Offers(1).html());
    assertThat(new Offers(2).html()).isNotEqualTo(new Offers(1).html());
  }
}
