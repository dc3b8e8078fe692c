package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.usher.house.Over;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.LoggerFactory;

/** Passes and tickets that many have, each in a network of their own; one play reads the log. */
@Over(Way.class)
@Execution(ExecutionMode.SAME_THREAD)
class SharedPassesTest extends EveryWay {
  private static final String REFUSE = "rooms: {concert: {session: {networks: refuse}}}";
  private static final String COUNT = "rooms: {concert: {}}";

  private Gateway gateway(TestPod pod, int sessions, String rooms) {
    String listen = way().listen("trustedProxies: [127.0.0.1]");
    return stage().gateway(listen + Stage.shop(pod, sessions) + rooms);
  }

  private Guest from(String address, Gateway gateway) {
    return guest(gateway.port()).always("X-Forwarded-For: " + address);
  }

  private Guest whoIsIn(String address, Gateway gateway) {
    Guest guest = from(address, gateway);
    guest.comesIn("/");
    return guest;
  }

  private static JsonObject shared(Gateway gateway) {
    Guest operator = new Guest(gateway.opsPort());
    return operator.fetches("/api/rooms/concert").json().getJsonObject("shared");
  }

  @Test
  void aPassOfManyIsCountedAndLetsThemAllIn() {
    Gateway gateway = gateway(stage().pod(), 10, COUNT);
    Guest owner = whoIsIn("203.0.113.1", gateway);
    for (int network = 1; network <= 20; network++) {
      Guest other = from("198.51." + network + ".7", gateway).withJarOf(owner);
      assertThat(other.fetches("/").status()).isEqualTo(200);
    }
    JsonObject shared = shared(gateway);
    assertThat(shared.getInteger("sessions")).isEqualTo(1);
    assertThat(shared.getInteger("requests")).isEqualTo(17);
    assertThat(shared.getInteger("claims")).isZero();
    assertThat(shared.getDouble("lastSecondsAgo")).isLessThan(60);
  }

  @Test
  void whatTheLogAsksForIsNotWhatIsSetAlready() {
    assertThat(fix(COUNT)).contains("set rooms.concert.session.networks: refuse", "trustedProxies");
    assertThat(fix(REFUSE)).doesNotContain("refuse").contains("trustedProxies");
  }

  /** What {@code pass_shared} says is to be done. */
  private String fix(String rooms) {
    Gateway gateway = gateway(stage().pod(), 10, rooms);
    Guest owner = whoIsIn("203.0.113.1", gateway);
    Logger log = (Logger) LoggerFactory.getLogger("dev.usher.edge.share.SharedPasses");
    ListAppender<ILoggingEvent> written = new ListAppender<>();
    written.start();
    log.addAppender(written);
    for (int network = 1; network <= 5; network++) {
      from("198.51." + network + ".7", gateway).withJarOf(owner).fetches("/");
    }
    log.detachAppender(written);
    assertThat(written.list).hasSize(1);
    return written.list.get(0).getKeyValuePairs().stream()
        .filter(pair -> pair.key.equals("fix"))
        .map(pair -> String.valueOf(pair.value))
        .collect(Collectors.joining());
  }

  @Test
  void theFifthNetworkIsToldWhatToDoAndTheFirstFourGoOn() {
    TestPod pod = stage().pod();
    Gateway gateway = gateway(pod, 10, REFUSE);
    Guest owner = whoIsIn("203.0.113.1", gateway);
    List<String> roams =
        List.of("203.0.113.99", "198.51.100.1", "2001:db8:0:1200::1", "2001:db8:0:1300::1");
    for (String address : roams) {
      assertThat(from(address, gateway).withJarOf(owner).fetches("/").status()).isEqualTo(200);
    }
    pod.asked.clear();
    Guest fifth = from("192.0.2.1", gateway).withJarOf(owner);
    Reply page = fifth.opens("/");
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.body()).contains("four networks", "clear this site");
    assertThat(page.header("Retry-After")).isEqualTo("60");
    Reply call = fifth.fetches("/api");
    assertThat(call.status()).isEqualTo(403);
    assertThat(call.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(fifth.place().status()).isEqualTo(403);
    assertThat(pod.asked).isEmpty();
    for (String address : roams) {
      assertThat(from(address, gateway).withJarOf(owner).fetches("/").status()).isEqualTo(200);
    }
    // The proxy's own requests are of no network, and other visitors have passes of their own.
    assertThat(guest(gateway.port()).withJarOf(owner).fetches("/").status()).isEqualTo(200);
    assertThat(whoIsIn("192.0.2.1", gateway).fetches("/").status()).isEqualTo(200);
    assertThat(shared(gateway).getInteger("requests")).isEqualTo(3);
  }

  @Test
  void oneTicketThatThirtyClaimIsToldAlsoWhereAProxyDoesNotSayFromWhere() {
    assertThat(shared(thirtyClaim(false)).getInteger("requests")).isZero();
  }

  @Test
  void oneTicketThatThirtyNetworksClaimIsTold() {
    assertThat(shared(thirtyClaim(true)).getInteger("requests")).isEqualTo(26);
  }

  private Gateway thirtyClaim(boolean networks) {
    TestPod pod = stage().pod();
    Gateway gateway = gateway(pod, 1, COUNT);
    Guest inside = whoIsIn("203.0.113.1", gateway);
    Guest waits = from("203.0.113.2", gateway);
    assertThat(waits.opens("/").state()).isEqualTo("waiting");
    inside.posts("/_usher/leave");
    Stage.until("it is called", () -> waits.place().body().contains("\"called\""));
    List<CompletableFuture<Reply>> claims = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Guest one = networks ? from("198.51." + i + ".7", gateway) : guest(gateway.port());
      one.withJarOf(waits);
      claims.add(CompletableFuture.supplyAsync(() -> one.posts("/_usher/claim"), Stage.BESIDE));
    }
    claims.forEach(claim -> assertThat(claim.join().status()).isEqualTo(200));
    JsonObject shared = shared(gateway);
    assertThat(shared.getInteger("sessions")).isEqualTo(1);
    assertThat(shared.getInteger("claims")).isEqualTo(26);
    return gateway;
  }
}
