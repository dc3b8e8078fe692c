package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with a lasting key and the line in its memory is restarted. */
@Tag("long")
final class RestartedInMemoryTest {
  private static final String ROOM =
      "rooms: {concert: {poll: {min: 200ms, max: 1s}, session: {timeout: 10s}}}";

  @TempDir private Path folder = Path.of(".");

  @Test
  void whoWaitsIsToldThatNobodyIsLetInForNowAndNotThatNothingIsThere() {
    try (Stage stage = new Stage(folder)) {
      String yaml = Stage.LASTING + Stage.shop(stage.pod(), 1) + ROOM;
      Gateway first = stage.gateway(yaml);
      int port = first.port();
      Guest inside = new Guest(port).comesIn("/");
      Guest waiting = new Guest(port);
      assertThat(waiting.opens("/").state()).isEqualTo("waiting");
      first.stop();
      Gateway next = stage.gateway("listen: {host: 127.0.0.1, port: " + port + "}\n" + yaml);
      Guest operator = new Guest(next.opsPort());
      List<JsonObject> told = new ArrayList<>();
      Stage.within(
          120,
          "it is known again who is inside",
          () -> {
            assertThat(inside.fetches("/").state()).isEqualTo("admitted");
            JsonObject place = waiting.place().json();
            told.add(place);
            return operator.fetches("/api/rooms/concert").json().getLong("capacity") > 0;
          });
      assertThat(told).anyMatch(place -> place.getBoolean("paused", false));
      assertThat(told).noneMatch(place -> place.getBoolean("closed", false));
      assertThat(told).allMatch(place -> "waiting".equals(place.getString("state")));
    }
  }
}
