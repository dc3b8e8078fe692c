package dev.usher.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.Gateway;
import dev.usher.Stage;
import dev.usher.WrittenLog;
import dev.usher.store.redis.RestartableRedis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("redis")
final class AdmissionHoldLogTest {
  @TempDir private Path folder = Path.of(".");
  @RegisterExtension private final WrittenLog written = new WrittenLog(AdmissionHoldLog.class);
  private Stage stage = new Stage(folder);

  @BeforeEach
  void begin() {
    stage = new Stage(folder);
  }

  @AfterEach
  void leave() {
    stage.close();
  }

  private List<String> said() {
    return written.events().stream()
        .map(event -> event.getMessage() + " " + event.getKeyValuePairs())
        .toList();
  }

  private String last() {
    List<String> all = said();
    return all.isEmpty() ? "" : all.get(all.size() - 1);
  }

  /** A slow machine may take the store for away more than once: how it begins and ends is sure. */
  @Test
  void theLogSaysWhyNobodyComesInAndWhenThatIsOver() {
    String room = "upstream=\"shop\", room=\"concert\", ";
    String resumed = "admissions_resumed [" + room + "seconds=";
    String away = "admissions_held [" + room + "store=\"away\"]";
    String settling = "admissions_held [" + room + "store=\"settling\"]";
    try (RestartableRedis redis = new RestartableRedis(folder)) {
      Gateway unused =
          stage.gateway(
              ("store: {redis: {url: '" + redis.url() + "'}}\n")
                  + (Stage.shop(stage.pod(), 1) + "rooms: {concert: {}}"));
      Stage.until("the first life is settled", () -> last().startsWith(resumed));
      int begun = said().size();
      assertThat(said().get(begun - 2)).isEqualTo(settling);
      redis.stop();
      Stage.until("it is away", () -> last().equals(away));
      assertThat(said().get(begun)).isEqualTo(away);
      redis.start();
      Stage.until("it is back", () -> last().startsWith(resumed));
      assertThat(said().get(said().size() - 2)).isEqualTo(settling);
    }
  }
}
