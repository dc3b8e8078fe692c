package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import dev.usher.store.redis.TestRedis;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/** Visitors who listen at one of three replicas. */
@Tag("redis")
@ParameterizedClass
@Over(Way.class)
class StreamOnReplicasTest {
  @Parameter private Way way = Way.HTTP_1;
  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);

  @BeforeEach
  void set() {
    stage = new Stage(folder, way);
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private Guest guest(int port) {
    return stage.guest(port);
  }

  private List<Gateway> three(int places) {
    String yaml =
        "store: {redis: {url: '"
            + TestRedis.fresh()
            + "'}}\n"
            + Stage.shop(stage.pod(), places)
            + "rooms: {concert: {poll: {min: 200ms, max: 1s}, offer: 5s}}";
    return Stream.generate(() -> stage.gateway(yaml)).limit(3).toList();
  }

  @Test
  void whatIsDoneAtOneIsHeardAtAnother() {
    List<Gateway> replicas = three(1);
    Guest inside = guest(replicas.get(0).port());
    inside.comesIn("/");
    Guest first = guest(replicas.get(1).port());
    assertThat(first.opens("/").state()).isEqualTo("waiting");
    Guest guest = guest(replicas.get(2).port());
    assertThat(guest.opens("/").state()).isEqualTo("waiting");
    try (Listening stream = guest.listens()) {
      Stage.until("one is ahead", () -> stream.last().ahead() == 1);
      new Operator(replicas.get(0)).does("message", new JsonObject().put("message", "At nine"));
      stream.hears("message", "waiting");
      first.posts("/_usher/leave");
      Stage.until("nobody is ahead", () -> stream.last().ahead() == 0);
      inside.posts("/_usher/leave");
      stream.hears("turn", "called");
      assertThat(guest.movesTo(replicas.get(0).port()).posts("/_usher/claim").state())
          .isEqualTo("admitted");
    }
  }

  @Test
  void whoseReplicaStopsListensAtAnotherAndThePlaceDoesNotRise() {
    List<Gateway> replicas = three(1);
    guest(replicas.get(0).port()).comesIn("/");
    Guest ahead = guest(replicas.get(0).port());
    assertThat(ahead.opens("/").state()).isEqualTo("waiting");
    Guest guest = guest(replicas.get(1).port());
    assertThat(guest.opens("/").state()).isEqualTo("waiting");
    Listening before = guest.listens();
    Stage.until("one is ahead", () -> before.last().ahead() == 1);
    ahead.posts("/_usher/leave");
    Stage.until("nobody is ahead", () -> before.last().ahead() == 0);
    replicas.get(1).stop();
    Stage.until("the stream ends", before::isOver);
    assertThat(before.ended()).isEqualTo("the end");
    guest.movesTo(replicas.get(2).port());
    try (Listening after = guest.listens("Last-Event-ID: " + before.last().id())) {
      assertThat(after.hears("place", "waiting").ahead()).isZero();
    }
  }
}
