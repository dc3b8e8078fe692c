package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.redis.RestartableRedis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("redis")
class RedisAwayTest {
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
  void whileItIsAwayVisitorsGoOnAndAfterwardsTheLineGoesOn() {
    try (RestartableRedis redis = new RestartableRedis(folder)) {
      Gateway gateway =
          stage.gateway(
              "store: {redis: {url: '"
                  + redis.url()
                  + "'}}\n"
                  + Stage.shop(stage.pod(), 1)
                  + "rooms: {concert: {poll: {min: 200ms}, session: {timeout: 5s}}}");
      int port = gateway.port();
      Guest inside = new Guest(port);
      inside.comesIn("/");
      Guest first = waits(port);
      Guest second = waits(port);
      Stage.until("one is ahead", () -> second.place().json().getInteger("ahead", -1) == 1);

      redis.stop();
      List<Guest> newcomers = List.of(new Guest(port), new Guest(port));
      newcomers.forEach(RedisAwayTest::standsBy);
      assertThat(inside.fetches("/api").body()).isEqualTo("in");
      assertThat(inside.opens("/").state()).isEqualTo("admitted");
      Stage.until(
          "the page says so",
          () -> second.opens("/").body().contains("Admissions are paused for the moment."));
      assertThat(second.place().json().getInteger("ahead")).isEqualTo(1);
      assertThat(readiness(gateway)).as("ready for those who are inside").isEqualTo(200);

      redis.start();
      Stage.until(
          "newcomers have numbers in the order in which they came",
          () ->
              newcomers.get(0).place().json().getInteger("ahead", -1) == 2
                  && newcomers.get(1).place().json().getInteger("ahead", -1) == 3);
      inside.posts("/_usher/leave");
      first.comesIn("/");
      assertThat(second.opens("/").state()).isEqualTo("waiting");
    }
  }

  private static Guest waits(int port) {
    Guest guest = new Guest(port);
    guest.opens("/");
    return guest;
  }

  private static void standsBy(Guest newcomer) {
    Reply reply = newcomer.opens("/");
    assertThat(reply.state()).isEqualTo("waiting");
    Stage.until("it says so", () -> newcomer.place().json().getBoolean("fault", false));
    assertThat(newcomer.place().json().getInteger("ahead")).isNull();
  }

  private static int readiness(Gateway gateway) {
    return new Guest(gateway.opsPort()).asks("GET", "/readyz").status();
  }
}
