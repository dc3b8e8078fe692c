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

  @Test
  void theLogSaysWhyNobodyComesInAndWhenThatIsOver() {
    try (RestartableRedis redis = new RestartableRedis(folder)) {
      Gateway unused =
          stage.gateway(
              ("store: {redis: {url: '" + redis.url() + "'}}\n")
                  + (Stage.shop(stage.pod(), 1) + "rooms: {concert: {}}"));
      Stage.until("the first life is settled", () -> said().size() == 2);
      redis.stop();
      Stage.until("it is away", () -> said().size() == 3);
      redis.start();
      Stage.until("it is back", () -> said().size() == 5);
    }
    String room = "upstream=\"shop\", room=\"concert\", ";
    assertThat(said().get(0)).isEqualTo("admissions_held [" + room + "store=\"settling\"]");
    assertThat(said().get(1)).startsWith("admissions_resumed [" + room + "seconds=");
    assertThat(said().get(2)).isEqualTo("admissions_held [" + room + "store=\"away\"]");
    assertThat(said().get(3)).isEqualTo("admissions_held [" + room + "store=\"settling\"]");
    assertThat(said().get(4)).startsWith("admissions_resumed [" + room + "seconds=");
  }
}
