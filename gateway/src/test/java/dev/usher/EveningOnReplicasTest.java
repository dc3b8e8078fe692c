package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import dev.usher.store.redis.RedisWire;
import dev.usher.store.redis.TestRedis;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sets at one of three replicas is so at all of them, whatever is lost. */
@Tag("redis")
class EveningOnReplicasTest {
  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private TestPod pod = stage.pod();
  private URI redis = URI.create("redis://nowhere");
  private List<Gateway> replicas = List.of();

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    pod = stage.pod();
    redis = TestRedis.fresh();
    replicas = three();
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private List<Gateway> three() {
    String yaml =
        "store: {redis: {url: '"
            + redis
            + "'}}\n"
            + Stage.shop(pod, 1)
            + "rooms: {concert: {poll: {min: 200ms, max: 1s}, offer: 5s}}";
    return Stream.generate(() -> stage.gateway(yaml)).limit(3).toList();
  }

  private Operator operator(int at) {
    return new Operator(replicas.get(at));
  }

  private boolean everywhere(String name, Object value) {
    return Stream.of(0, 1, 2)
        .allMatch(at -> value.equals(operator(at).room().getJsonObject("live").getValue(name)));
  }

  private boolean allTell(Guest guest, String name, Object value) {
    return replicas.stream()
        .allMatch(each -> value.equals(guest.movesTo(each.port()).place().json().getValue(name)));
  }

  @Test
  void everyReplicaTellsAndDoesItWithinTwoSeconds() {
    new Guest(replicas.get(0).port()).comesIn("/");
    Guest waits = new Guest(replicas.get(1).port());
    waits.opens("/");
    Stage.until("it waits everywhere", () -> allTell(waits, "state", "waiting"));
    long slowest = 0;
    for (int i = 0; i < 6; i++) {
      boolean out = i % 2 == 0;
      long began = System.nanoTime();
      operator(i % 3).does("sold-out", new JsonObject().put("soldOut", out));
      String told = out ? "sold_out" : "waiting";
      Stage.until("it is told everywhere", () -> allTell(waits, "state", told));
      slowest = Math.max(slowest, System.nanoTime() - began);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(slowest);
    System.out.println("The slowest of six changes was told by three replicas after " + millis);
    assertThat(millis).isLessThan(2000);
  }

  @Test
  void twoOperatorsAtOnceDoNotUndoEachOther() {
    operator(0).does("pause");
    operator(1).does("message", new JsonObject().put("message", "from another"));
    operator(2).does("limit", new JsonObject().put("sessions", 7));
    Stage.until("all of it is set", () -> everywhere("sessions", 7));
    assertThat(everywhere("paused", true) && everywhere("message", "from another")).isTrue();
  }

  @Test
  void aStoreThatLostEverythingIsToldAgainAndNobodyComesInMeanwhile() {
    Guest inside = new Guest(replicas.get(0).port()).comesIn("/");
    Guest waits = new Guest(replicas.get(1).port());
    waits.opens("/");
    operator(0).does("pause", new JsonObject().put("message", "stays"));
    operator(1).does("limit", new JsonObject().put("sessions", 9).put("perMinute", 60));
    Stage.until("it is everywhere", () -> everywhere("paused", true) && everywhere("sessions", 9));
    RedisWire.ask(redis, "FLUSHALL");
    inside.posts("/_usher/leave");
    for (int i = 0; i < 60; i++) {
      assertThat(waits.opens("/").state()).isEqualTo("waiting");
      Wait.pause(100);
    }
    assertThat(RedisWire.ask(redis, "HGET", "usher:{shop}:live", "concert")).contains("stays");
    assertThat(everywhere("paused", true) && everywhere("perMinute", 60)).isTrue();
    assertThat(allTell(waits, "message", "stays")).isTrue();
    operator(2).does("resume");
    Stage.until("it comes in", () -> "admitted".equals(waits.opens("/").state()));
  }

  @Test
  void itOutlastsEveryReplicaAndANewLine() {
    operator(0).does("sold-out");
    operator(1).does("message", new JsonObject().put("message", "thank you"));
    operator(2).does("reset", new JsonObject().put("confirm", "concert"));
    replicas.forEach(Gateway::stop);
    replicas = three();
    Stage.until("it is everywhere", () -> everywhere("soldOut", true));
    assertThat(everywhere("message", "thank you")).isTrue();
    Reply newcomer = new Guest(replicas.get(1).port()).opens("/");
    assertThat(newcomer.body()).contains("Sold out");
    assertThat(operator(2).reads("/api/audit").json().getJsonArray("changes")).hasSize(3);
  }

  @Test
  void whoPollsInAPausedRoomCostsTheStoreNoCall() {
    Guest inside = new Guest(replicas.get(0).port()).comesIn("/");
    Guest waits = new Guest(replicas.get(0).port());
    waits.opens("/");
    operator(0).does("pause");
    Stage.until("it is told", () -> allTell(waits, "paused", true));
    waits.movesTo(replicas.get(0).port());
    double atRest = callsASecond(() -> Wait.pause(2000));
    double asked =
        callsASecond(
            () -> {
              for (int i = 0; i < 300; i++) {
                assertThat(waits.place().status()).isEqualTo(200);
                assertThat(waits.posts("/_usher/claim").status()).isEqualTo(200);
                assertThat(inside.fetches("/api").status()).isEqualTo(200);
              }
            });
    System.out.printf("Calls of the store a second: %.1f, with polls %.1f%n", atRest, asked);
    assertThat(asked).isLessThan(1.5 * atRest + 5);
  }

  private static double callsASecond(Runnable meanwhile) {
    long began = System.nanoTime();
    long before = scripts();
    meanwhile.run();
    return (scripts() - before) / ((System.nanoTime() - began) / 1e9);
  }

  private static long scripts() {
    return TestRedis.ask("INFO", "commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_eval"))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*[:]calls=(\\d+),.*", "$1")))
        .sum();
  }
}
