package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.redis.RestartableRedis;
import java.nio.file.Path;
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
      Stage.until("somebody is in", () -> "admitted".equals(inside.opens("/").state()));
      Guest first = new Guest(port);
      first.opens("/");
      Guest second = new Guest(port);
      second.opens("/");
      Stage.until("one is ahead", () -> second.place().json().getInteger("ahead", -1) == 1);

      redis.stop();
      assertThatNewcomersAreAskedToComeBack(port);
      assertThat(inside.fetches("/api").body()).isEqualTo("in");
      assertThat(inside.opens("/").state()).isEqualTo("admitted");
      assertThat(second.opens("/").body()).contains("1 person is ahead of you.");
      assertThat(second.place().json().getInteger("ahead")).isEqualTo(1);
      assertThat(readiness(gateway)).as("ready for those who are inside").isEqualTo(200);

      redis.start();
      Stage.until("newcomers wait", () -> "waiting".equals(new Guest(port).opens("/").state()));
      inside.posts("/_usher/leave");
      Stage.until("the first comes in", () -> "admitted".equals(first.opens("/").state()));
      assertThat(second.opens("/").state()).isEqualTo("waiting");
    }
  }

  private static void assertThatNewcomersAreAskedToComeBack(int port) {
    Stage.until("newcomers are refused", () -> new Guest(port).opens("/").status() == 503);
    Reply newcomer = new Guest(port).opens("/");
    assertThat(newcomer.header("Retry-After")).isEqualTo("10");
    assertThat(newcomer.body()).contains("Nobody can join the line for a moment");
  }

  private static int readiness(Gateway gateway) {
    return new Guest(gateway.opsPort()).asks("GET", "/readyz").status();
  }
}
