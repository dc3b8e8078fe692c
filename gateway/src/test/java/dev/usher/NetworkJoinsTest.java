package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Visitors who join from many addresses side by side. */
@Over(Way.class)
class NetworkJoinsTest extends EveryWay {
  private Gateway gateway(String room) {
    String listen = way().listen("trustedProxies: [127.0.0.1]");
    return stage()
        .gateway(listen + Stage.shop(stage().pod(), 1) + "rooms: {concert: " + room + "}");
  }

  private Guest from(Gateway gateway, String address) {
    return guest(gateway.port()).always("X-Forwarded-For: " + address);
  }

  /** Has many addresses of a network join until one is refused; the refusal. */
  private Reply refused(Gateway gateway, String network) {
    for (int i = 0; i < 250; i++) {
      Reply reply = from(gateway, network + i).opens("/");
      if (reply.status() == 429) {
        return reply;
      }
    }
    throw new AssertionError("One of 250 must be refused but none was");
  }

  @Test
  void aFloodFromOneNetworkWaitsAMomentAndAnotherNetworkDoesNot() {
    Gateway gateway = gateway("{joinsPerNetwork: 1}");
    Reply page = refused(gateway, "192.0.2.");
    assertThat(page.header("Retry-After")).isEqualTo("2");
    assertThat(page.header("Refresh")).isIn("2", "3", "4"); // spread
    assertThat(page.body()).contains("join from your network at once", "tries again by itself");
    assertThat(from(gateway, "198.51.100.7").opens("/").state()).isEqualTo("waiting");
    String seen = new Guest(gateway.opsPort()).fetches("/metrics").body();
    assertThat(seen)
        .containsPattern("usher_turned_away_total\\{[^}]*why=\"too_many_of_network\"} [1-9]");
    // The page tries again, and so does everybody: nobody is kept out.
    Stage.until(
        "the next one of the many joins",
        () -> "waiting".equals(from(gateway, "192.0.2.255").opens("/").state()));
  }

  @Test
  void aProgramIsToldByTypeAndWhoHasATicketIsNotCounted() {
    Gateway gateway = gateway("{joinsPerNetwork: 1}");
    from(gateway, "198.51.100.1").comesIn("/");
    Guest first = from(gateway, "192.0.2.1");
    Stage.until("one waits", () -> "waiting".equals(first.opens("/").state()));
    refused(gateway, "192.0.2.");
    Reply app = null;
    for (int i = 0; i < 250 && (app == null || app.status() != 429); i++) {
      app = from(gateway, "192.0.2.251").posts("/_usher/join", "Accept: application/json");
    }
    Reply told = Objects.requireNonNull(app);
    assertThat(told.json().getString("type")).isEqualTo("/problems/too-many-of-network");
    assertThat(told.json().getInteger("status")).isEqualTo(429);
    assertThat(told.header("Retry-After")).isEqualTo("2");
    assertThat(first.opens("/").state()).isEqualTo("waiting");
  }

  @Test
  void blocksThatAreListedAndThisMachineAreNotLimited() {
    Gateway gateway = gateway("{joinsPerNetwork: 1, joinsUnlimitedFrom: [192.0.2.0/24]}");
    Stage.until(
        "the only place is taken", () -> from(gateway, "192.0.2.1").opens("/").status() == 200);
    for (int i = 0; i < 40; i++) {
      assertThat(from(gateway, "192.0.2." + i).opens("/").status()).isEqualTo(200);
      assertThat(from(gateway, "127.0.0.2").opens("/").status()).isEqualTo(200);
    }
  }
}
