package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.redis.RestartableRedis;
import dev.usher.store.redis.TestRedis;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whichever of three replicas an autoscaler asks, it is told the same number of pods. */
@Tag("redis")
class SameNumberTest {
  private static final String PATH = "/api/upstreams/shop/desired-replicas";

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private final List<Gateway> gateways = new ArrayList<>();

  @BeforeEach
  void set() {
    stage = new Stage(folder);
  }

  private void replicas(URI redis) {
    TestPod pod = stage.pod();
    String store = "store: {redis: {url: '" + redis + "'}}\n";
    for (int i = 0; i < 3; i++) {
      gateways.add(
          stage.gateway(
              store
                  + Stage.shop(pod, 2)
                  + "    scaling: {within: 1s, podStart: 0s, max: 40}\n"
                  + "rooms: {concert: {}}\n"));
    }
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private static Reply ask(Gateway gateway) {
    return new Guest(gateway.opsPort()).asks("GET", PATH);
  }

  private List<String> answers(Stream<Gateway> of) {
    return of.map(SameNumberTest::ask).map(Reply::body).distinct().toList();
  }

  private int desired(Gateway gateway) {
    Reply reply = ask(gateway);
    return reply.status() == 200 ? new JsonObject(reply.body()).getInteger("desired") : -1;
  }

  private void crowd(int visitors) {
    for (int i = 0; i < visitors; i++) {
      new Guest(gateways.get(i % gateways.size()).port()).opens("/");
    }
  }

  @Test
  void threeReplicasAnswerTheSameAndAtOnceAlsoWhenTheLeaderIsGone() {
    replicas(TestRedis.fresh());
    crowd(32);
    Stage.until(
        "all say that 32 people need pods of three less a tenth",
        () -> gateways.stream().allMatch(each -> desired(each) > 10));
    Stage.until("all say the same", () -> answers(gateways.stream()).size() == 1);

    long began = System.nanoTime();
    for (int i = 0; i < 30; i++) {
      assertThat(ask(gateways.get(i % 3)).status()).isEqualTo(200);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 30;
    System.out.println("The number of pods was told within " + millis + " ms, in the mean of 30");
    assertThat(millis).isLessThan(50);

    int before = desired(gateways.get(0));
    gateways.remove(0).stop();
    for (int i = 0; i < 20; i++) {
      gateways.forEach(each -> assertThat(desired(each)).isEqualTo(before));
    }
    Stage.until("both say the same", () -> answers(gateways.stream()).size() == 1);
  }

  @Test
  void withoutTheStoreNobodyAnswersWithANumberAfterFiveSeconds() {
    try (RestartableRedis redis = new RestartableRedis(folder)) {
      replicas(URI.create(redis.url().toString()));
      Stage.until("all know", () -> gateways.stream().allMatch(each -> desired(each) == 1));
      redis.stop();
      Stage.until(
          "nobody knows", () -> gateways.stream().allMatch(each -> ask(each).status() == 503));
      assertThat(ask(gateways.get(0)).body()).contains("the store does not answer");
      redis.start();
      Stage.until("all know again", () -> gateways.stream().allMatch(each -> desired(each) == 1));
    }
  }
}
