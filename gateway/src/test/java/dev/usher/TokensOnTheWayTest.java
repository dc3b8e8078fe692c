package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.TestCertificate;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensOnTheWayTest {
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
  void overTlsCookiesAreBoundToTheHostAndGoAlongWithPostsFromElsewhere() {
    int port = overTls("rooms: {concert: {}}");
    Guest first = Guest.overTls(port);
    Reply in = first.opens("/");
    assertThat(in.cookie("__Host-usher-pass-concert"))
        .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=None")
        .doesNotContain("Domain");
    assertThat(first.fetches("/").body()).isEqualTo("in");
    Reply waits = Guest.overTls(port).opens("/");
    assertThat(waits.cookie("__Host-usher-ticket-concert"))
        .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=None")
        .doesNotContain("Domain");
  }

  @Test
  void aRoomOfSeveralHostsHasSecureCookiesOfItsDomain() {
    int port =
        overTls("rooms: {concert: {hosts: [a.example.com], cookies: {domain: example.com}}}");
    Guest guest = Guest.overTls(port).always("Host: a.example.com");
    assertThat(guest.opens("/").cookie("__Secure-usher-pass-concert"))
        .contains("; Domain=example.com", "; Secure", "; Path=/");
    assertThat(guest.fetches("/").body()).isEqualTo("in");
  }

  @Test
  void aPlainCookieIsNotBelievedOverTls() {
    int port = overTls("rooms: {concert: {}}");
    Guest guest = Guest.overTls(port);
    guest.opens("/");
    String pass = guest.jar().remove("__Host-usher-pass-concert");
    guest.jar().put("usher-pass-concert", String.valueOf(pass));
    assertThat(guest.fetches("/").status()).isEqualTo(429);
  }

  @Test
  void behindATrustedProxyThatEndsTlsCookiesAreSecureToo() {
    int port = stage.gateway(proxied("trustedProxies: [127.0.0.0/8]")).port();
    Guest guest =
        new Guest(port).always("X-Forwarded-Proto: https").always("X-Forwarded-For: 203.0.113.9");
    Reply reply = guest.opens("/");
    assertThat(reply.cookie("__Host-usher-pass-concert")).contains("; Secure", "SameSite=None");
    assertThat(guest.fetches("/").body()).isEqualTo("in");
  }

  @Test
  void whatAStrangerForwardsIsNotBelieved() {
    TestPod pod = stage.pod();
    int port =
        stage
            .gateway(Stage.shop(pod, 1) + "rooms: {concert: {bypass: {from: [203.0.113.0/24]}}}")
            .port();
    Guest guest =
        new Guest(port).always("X-Forwarded-Proto: https").always("X-Forwarded-For: 203.0.113.9");
    Reply reply = guest.opens("/");
    assertThat(reply.state()).isEqualTo("admitted");
    assertThat(reply.cookie("usher-pass-concert")).doesNotContain("Secure");
    assertThat(pod.last().header("X-Forwarded-For")).isEqualTo("127.0.0.1");
    assertThat(pod.last().header("X-Forwarded-Proto")).isEqualTo("http");
  }

  @Test
  void clientsOfATrustedProxyBypassByTheirOwnAddress() {
    int port =
        stage
            .gateway(
                Stage.shop(stage.pod(), 1)
                    + "listen: {host: 127.0.0.1, port: 0, trustedProxies: [127.0.0.0/8]}\n"
                    + "rooms: {concert: {bypass: {from: [203.0.113.0/24]}}}")
            .port();
    Guest office = new Guest(port).always("X-Forwarded-For: 203.0.113.9");
    assertThat(office.opens("/").state()).isEqualTo("bypassed");
    assertThat(office.jar()).isEmpty();
    Guest other = new Guest(port).always("X-Forwarded-For: 203.0.113.9, 198.51.100.1");
    assertThat(other.opens("/").state()).isEqualTo("admitted");
  }

  private int overTls(String rooms) {
    var tls = TestCertificate.writeTo(folder);
    return stage
        .gateway(
            "listen: {host: 127.0.0.1, port: 0, tls: {certificate: '%s', key: '%s'}}\n"
                    .formatted(tls.certificate(), tls.key())
                + Stage.shop(stage.pod(), 1)
                + rooms)
        .port();
  }

  private String proxied(String listen) {
    return "listen: {host: 127.0.0.1, port: 0, %s}\n".formatted(listen)
        + Stage.shop(stage.pod(), 1)
        + "rooms: {concert: {}}";
  }
}
