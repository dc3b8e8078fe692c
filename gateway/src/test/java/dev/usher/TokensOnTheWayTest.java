package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@Over(Way.class)
class TokensOnTheWayTest extends EveryWay {
  @Test
  void behindATrustedProxyThatEndsTlsCookiesAreSecureToo() {
    int port = stage().gateway(proxied("trustedProxies: [127.0.0.0/8]")).port();
    Guest guest =
        guest(port).always("X-Forwarded-Proto: https").always("X-Forwarded-For: 203.0.113.9");
    Reply reply = guest.opens("/");
    assertThat(reply.cookie("__Host-usher-pass-concert")).contains("; Secure", "SameSite=None");
    assertThat(guest.fetches("/").body()).isEqualTo("in");
  }

  @Test
  void whatAStrangerForwardsIsNotBelieved() {
    TestPod pod = stage().pod();
    int port =
        stage()
            .gateway(Stage.shop(pod, 1) + "rooms: {concert: {bypass: {from: [203.0.113.0/24]}}}")
            .port();
    Guest guest =
        guest(port).always("X-Forwarded-Proto: https").always("X-Forwarded-For: 203.0.113.9");
    Reply reply = guest.opens("/");
    assertThat(reply.state()).isEqualTo("admitted");
    assertThat(
            Objects.requireNonNull(reply.cookie(way().cookie("usher-pass-concert")))
                .contains("; Secure"))
        .isEqualTo(way().wire().secure());
    assertThat(pod.last().header("X-Forwarded-For")).isEqualTo("127.0.0.1");
    assertThat(pod.last().header("X-Forwarded-Proto")).isEqualTo(way().wire().scheme());
  }

  @Test
  void clientsOfATrustedProxyBypassByTheirOwnAddress() {
    int port =
        stage()
            .gateway(
                Stage.shop(stage().pod(), 1)
                    + way().listen("trustedProxies: [127.0.0.0/8]")
                    + "rooms: {concert: {bypass: {from: [203.0.113.0/24]}}}")
            .port();
    Guest office = guest(port).always("X-Forwarded-For: 203.0.113.9");
    assertThat(office.opens("/").state()).isEqualTo("bypassed");
    assertThat(office.jar()).isEmpty();
    Guest other = guest(port).always("X-Forwarded-For: 203.0.113.9, 198.51.100.1");
    assertThat(other.opens("/").state()).isEqualTo("admitted");
  }

  private String proxied(String listen) {
    return way().listen(listen) + Stage.shop(stage().pod(), 1) + "rooms: {concert: {}}";
  }
}
