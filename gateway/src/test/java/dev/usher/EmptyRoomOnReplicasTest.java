package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.redis.TestRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app's crowd that keeps no cookies calls an empty room, at three replicas at once. */
@Tag("redis")
class EmptyRoomOnReplicasTest {
  private static final int CALLS = 3000;
  private static final int PLACES = 200;

  private static final int WAVE = 300;

  /** At each replica; the other calls come on connections that have just become free. */
  private static final int CONNECTIONS = 100;

  @TempDir private Path folder = Path.of(".");

  /** What a call was answered. */
  private record Answer(int status, boolean cameIn) {
    static Answer of(HttpClientResponse response) {
      boolean pass =
          response.cookies().stream().anyMatch(each -> each.startsWith("usher-pass-concert=e"));
      return new Answer(response.statusCode(), pass);
    }
  }

  @Test
  void threeThousandCallsAtOnceTakeNoMorePlacesThanThereAreAndMakeNoLine() {
    Vertx vertx = Vertx.vertx();
    try (Stage stage = new Stage(folder)) {
      TestPod pod = stage.pod();
      List<Gateway> gateways = replicas(stage, pod);
      HttpClient client = client(vertx);
      long began = System.nanoTime();
      AtomicLong inside = new AtomicLong(cameIn(client, gateways, CALLS));
      System.out.printf(
          "MEASURED: %d of %d calls came in within %d ms, at %d places%n",
          inside.get(), CALLS, (System.nanoTime() - began) / 1_000_000, PLACES);
      assertThat(inside.get()).isBetween(1L, (long) PLACES);
      Stage.within(
          120,
          "the house is full",
          () -> {
            inside.addAndGet(cameIn(client, gateways, WAVE));
            return gateways.stream().anyMatch(each -> counts(each, "sessions") >= PLACES);
          });
      assertThat(cameIn(client, gateways, WAVE)).isZero();
      assertThat(inside.get()).isLessThanOrEqualTo(PLACES);
      assertThat(pod.asked.stream().map(each -> each.header("Usher-Pass")).distinct().count())
          .isLessThanOrEqualTo(PLACES);
      for (Gateway gateway : gateways) {
        assertThat(counts(gateway, "sessions")).isLessThanOrEqualTo(PLACES);
        // Who got a number and no place with it has given it up, which the next line tells.
        Stage.within(20, "nobody waits", () -> counts(gateway, "waiting") == 0);
      }
    } finally {
      vertx.close().await();
    }
  }

  private static List<Gateway> replicas(Stage stage, TestPod pod) {
    String yaml =
        ("store: {redis: {url: '" + TestRedis.fresh() + "'}}\n")
            + Stage.shop(pod, PLACES)
            + "rooms: {concert: {joinsPerAddress: 0, session: {timeout: 15m}}}";
    List<Gateway> gateways = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      gateways.add(stage.gateway(yaml));
    }
    for (Gateway each : gateways) {
      Stage.until(
          "the room is open",
          () -> stage.guest(each.port()).asks("HEAD", "/", "Accept: */*").status() == 200);
    }
    pod.asked.clear();
    return gateways;
  }

  private static int counts(Gateway gateway, String what) {
    return new Guest(gateway.opsPort()).fetches("/api/rooms/concert").json().getInteger(what);
  }

  private static HttpClient client(Vertx vertx) {
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS);
    return vertx.createHttpClient(new HttpClientOptions(), pool);
  }

  /** How many of so many calls came in, each sent as soon as there is a connection for it. */
  private static long cameIn(HttpClient client, List<Gateway> gateways, int calls) {
    List<Future<Answer>> sent = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      sent.add(call(client, gateways.get(i % gateways.size()).port()));
    }
    Future.join(sent).await();
    List<Answer> answers = sent.stream().map(Future::result).toList();
    // On a busy machine somebody who came in may wait for a slot for too long, which is 503.
    assertThat(answers).extracting(Answer::status).isSubsetOf(200, 429, 503);
    assertThat(answers).allMatch(each -> each.status() != 200 || each.cameIn());
    return answers.stream().filter(Answer::cameIn).count();
  }

  private static Future<Answer> call(HttpClient client, int port) {
    RequestOptions options =
        new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setMethod(HttpMethod.GET)
            .setURI("/api")
            .putHeader("Accept", "application/json")
            .putHeader("Sec-Fetch-Mode", "cors");
    return client
        .request(options)
        .compose(HttpClientRequest::send)
        .compose(response -> response.body().map(body -> Answer.of(response)));
  }
}
