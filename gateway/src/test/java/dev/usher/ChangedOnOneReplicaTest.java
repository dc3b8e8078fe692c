package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import dev.usher.store.redis.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("redis")
class ChangedOnOneReplicaTest {
  private static final String CONCERT = "rooms: {concert: {paths: [/concert]}}";
  private static final String BOTH =
      "rooms: {concert: {paths: [/concert]}, theatre: {paths: [/theatre]}}";

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
  void aRoomThatTheLeaderDoesNotKnowYetLetsNobodyInAndTheOthersGoOn() throws IOException {
    String shop =
        "store: {redis: {url: '" + TestRedis.fresh() + "'}}\n" + Stage.shop(stage.pod(), 5);
    LiveFile leader = replica("one", shop + CONCERT);
    Guest first = new Guest(leader.port());
    Stage.until("it leads", () -> comesIn(first, "/concert"));
    LiveFile other = replica("two", shop + CONCERT);

    other.becomes(shop + BOTH);
    Stage.until(
        "the room has settled",
        () ->
            "good"
                .equals(other.operator().fetches("/api/rooms/theatre").json().getString("store")));
    // Nobody waits there, and the pods are as good as empty.
    Guest early = new Guest(other.port());
    for (int i = 0; i < 10; i++) {
      assertThat(early.opens("/theatre").state()).isEqualTo("waiting");
      Wait.pause(100);
    }
    Guest second = new Guest(other.port());
    Stage.until("the concert's line moves on", () -> comesIn(second, "/concert"));

    leader.becomes(shop + BOTH);
    Stage.until("the leader lets in", () -> comesIn(early, "/theatre"));
  }

  private LiveFile replica(String name, String yaml) throws IOException {
    return new LiveFile(stage, Files.createDirectory(folder.resolve(name)), yaml);
  }

  private static boolean comesIn(Guest guest, String path) {
    return "admitted".equals(guest.opens(path).state());
  }
}
