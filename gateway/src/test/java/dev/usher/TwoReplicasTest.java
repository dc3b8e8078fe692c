package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import dev.usher.store.redis.TestRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("redis")
class TwoReplicasTest {
  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private String store = "";

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    store = "store: {redis: {url: '" + TestRedis.fresh() + "'}}\n";
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private Gateway replica(TestPod pod, int sessions) {
    return stage.gateway(
        store
            + Stage.shop(pod, sessions)
            + "rooms: {concert: {poll: {min: 200ms, max: 1s}, offer: 5s}}");
  }

  @Test
  void twoReplicasKeepOneLine() {
    TestPod pod = stage.pod();
    int one = replica(pod, 1).port();
    int two = replica(pod, 1).port();
    Guest inside = new Guest(one);
    inside.comesIn("/");
    assertThat(inside.movesTo(two).fetches("/api").body()).isEqualTo("in");

    Guest first = new Guest(one);
    assertThat(first.opens("/").state()).isEqualTo("waiting");
    Guest second = new Guest(two);
    assertThat(second.opens("/").state()).isEqualTo("waiting");
    Stage.until(
        "one is ahead of the second, at either replica",
        () ->
            second.movesTo(one).place().json().getInteger("ahead", -1) == 1
                && second.movesTo(two).place().json().getInteger("ahead", -1) == 1);

    inside.movesTo(two).posts("/_usher/leave");
    Stage.until(
        "the first comes in at the other",
        () -> "admitted".equals(first.movesTo(two).opens("/").state()));
    assertThat(first.movesTo(one).fetches("/api").body()).isEqualTo("in");
    assertThat(second.opens("/").state()).isEqualTo("waiting");
  }

  @Test
  void togetherTheyNeverHoldMoreSessionsThanThePodBears() throws Exception {
    int places = 5;
    TestPod pod = stage.pod();
    int[] ports = {replica(pod, places).port(), replica(pod, places).port()};
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService crowd = Executors.newFixedThreadPool(30);
    try {
      List<CompletableFuture<Void>> visits = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int at = i;
        visits.add(
            CompletableFuture.runAsync(
                () -> visit(new Guest(ports[at % 2]), ports[(at / 2) % 2], inside, most), crowd));
      }
      CompletableFuture.allOf(visits.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    } finally {
      crowd.shutdownNow();
    }
    assertThat(most.get()).isGreaterThan(1).isLessThanOrEqualTo(places);
    assertThat(pod.asked.stream().map(asked -> asked.header("Usher-Pass")).distinct())
        .doesNotContainNull()
        .hasSizeGreaterThanOrEqualTo(60);
  }

  /** Waits, comes in, goes to the other replica, and leaves. */
  private static void visit(Guest guest, int leavesAt, AtomicInteger inside, AtomicInteger most) {
    while (!"admitted".equals(guest.opens("/").state())) {
      Wait.pause(100);
    }
    // Counted from after the admission until before the leave: never more than there are.
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    assertThat(guest.movesTo(leavesAt).fetches("/api").status()).isEqualTo(200);
    Wait.pause(50);
    assertThat(guest.fetches("/api").status()).isEqualTo(200);
    inside.decrementAndGet();
    guest.posts("/_usher/leave");
  }

  @Test
  void whenOneIsGoneTheOtherGoesOn() {
    TestPod pod = stage.pod();
    Gateway leaves = replica(pod, 1);
    Gateway stays = replica(pod, 1);
    Guest inside = new Guest(leaves.port());
    inside.comesIn("/");
    Guest next = new Guest(leaves.port());
    assertThat(next.opens("/").state()).isEqualTo("waiting");
    leaves.stop();
    inside.movesTo(stays.port());
    next.movesTo(stays.port());
    assertThat(inside.fetches("/api").body()).isEqualTo("in");
    assertThat(next.opens("/").state()).isEqualTo("waiting");
    inside.posts("/_usher/leave");
    long began = System.nanoTime();
    Stage.until("the next comes in", () -> "admitted".equals(next.opens("/").state()));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    System.out.println("A place was filled by the other replica after " + millis + " ms");
    // Three seconds of a lost leader's term, and what a busy machine adds.
    assertThat(millis).isLessThan(6000);
  }

  @Test
  void neitherWaitingNorBrowsingCostsTheStoreACall() {
    TestPod pod = stage.pod();
    int port = replica(pod, 1).port();
    Guest inside = new Guest(port);
    inside.comesIn("/");
    Guest waiting = new Guest(port);
    waiting.opens("/");
    double atRest = callsASecond(() -> Wait.pause(2000));
    double asked =
        callsASecond(
            () -> {
              for (int i = 0; i < 300; i++) {
                assertThat(waiting.place().status()).isEqualTo(200);
                assertThat(inside.fetches("/api").status()).isEqualTo(200);
                assertThat(waiting.opens("/").state()).isEqualTo("waiting");
              }
            });
    System.out.printf("Calls of the store a second: %.1f, with requests %.1f%n", atRest, asked);
    // The ticks', and no others'; but a share of the slots may change while there are requests.
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
