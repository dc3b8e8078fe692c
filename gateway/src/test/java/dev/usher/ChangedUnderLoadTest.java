package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ChangedUnderLoadTest {
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
  void whoDeclaresMoreLetsMoreInAtOnce() {
    TestPod pod = stage.pod();
    LiveFile file = new LiveFile(stage, folder, Stage.shop(pod, 2) + "rooms: {concert: {}}");
    List<Guest> all = inside(file.port(), 2);
    Guest third = new Guest(file.port());
    assertThat(third.opens("/").state()).isEqualTo("waiting");

    file.becomes(Stage.shop(pod, 4) + "rooms: {concert: {}}");
    Stage.within(20, "a third comes in", () -> "admitted".equals(third.opens("/").state()));
    all.forEach(guest -> assertThat(guest.fetches("/api").body()).isEqualTo("in"));
  }

  /** So many visitors, each come in. */
  private static List<Guest> inside(int port, int count) {
    List<Guest> inside = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Guest guest = new Guest(port);
      Stage.until("somebody comes in", () -> "admitted".equals(guest.opens("/").state()));
      inside.add(guest);
    }
    return inside;
  }

  @Test
  void anUpstreamThatGoesFinishesItsRequestsAndANewOneServes() throws Exception {
    TestPod old = stage.pod();
    TestPod fresh = stage.pod();
    String shop = Stage.shop(stage.pod(), 5);
    String room = "rooms: {concert: {upstream: shop, paths: [/concert]}}\n";
    LiveFile file =
        new LiveFile(stage, folder, "defaultUpstream: forum\n" + shop + forum(old, "forum") + room);
    Guest slow = new Guest(file.port());
    CompletableFuture<Reply> answer =
        CompletableFuture.supplyAsync(() -> slow.fetches("/?held=1"), Stage.BESIDE);
    Stage.until("it is on its way", () -> old.held() == 1);

    file.becomes("defaultUpstream: board\n" + shop + forum(fresh, "board") + room);
    assertThat(new Guest(file.port()).opens("/").body()).isEqualTo("in");
    assertThat(fresh.asked).hasSize(1);
    String metrics = file.operator().fetches("/metrics").body();
    assertThat(metrics).contains("upstream=\"board\"").doesNotContain("upstream=\"forum\"");
    // Longer than an upstream without requests would stay.
    Wait.pause(5000);
    assertThat(answer).isNotDone();
    old.release();
    assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("in at last");
    assertThat(old.asked).hasSize(1);
  }

  private static String forum(TestPod pod, String name) {
    return "  %s: {pods: ['%s'], maxInFlightPerPod: 10, probe: {path: /healthz}}\n"
        .formatted(name, pod.url());
  }

  @Test
  void anotherPodIsUsedAndTheOldOneIsNot() throws Exception {
    TestPod old = stage.pod();
    TestPod fresh = stage.pod();
    LiveFile file = new LiveFile(stage, folder, Stage.shop(old, 5) + "rooms: {concert: {}}");
    Guest guest = inside(file.port(), 1).get(0);
    CompletableFuture<Reply> answer =
        CompletableFuture.supplyAsync(
            () -> new Guest(file.port()).withJarOf(guest).fetches("/?held=1"), Stage.BESIDE);
    Stage.until("one is on its way", () -> old.held() == 1);

    file.becomes(Stage.shop(fresh, 5) + "rooms: {concert: {}}");
    int before = old.asked.size();
    for (int i = 0; i < 20; i++) {
      assertThat(guest.fetches("/api").body()).isEqualTo("in");
    }
    assertThat(old.asked).hasSize(before);
    assertThat(fresh.asked).hasSize(20);
    old.release();
    assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("in at last");
  }

  @Test
  void twoHundredRequestsASecondGoThroughChangesWithoutAFailure() throws Exception {
    TestPod pod = stage.pod();
    LiveFile file = new LiveFile(stage, folder, changed(pod, 0));
    List<Guest> inside = inside(file.port(), 8);
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    ExecutorService crowd = Executors.newFixedThreadPool(8);
    try {
      List<CompletableFuture<Void>> visits = new ArrayList<>();
      for (Guest guest : inside) {
        visits.add(CompletableFuture.runAsync(() -> browse(guest, done, failed), crowd));
      }
      for (int change = 1; change <= 4; change++) {
        file.becomes(changed(pod, change));
      }
      CompletableFuture.allOf(visits.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    } finally {
      crowd.shutdownNow();
    }
    System.out.println(done + " requests went through four changes, " + failed + " failed");
    assertThat(failed.get()).isZero();
    assertThat(done.get()).isEqualTo(1600);
  }

  /** Each time other titles, rooms, limits and upstreams. */
  private static String changed(TestPod pod, int times) {
    return Stage.shop(pod, 10 + times)
        + "    holdQueue: "
        + (5000 + times)
        + "\n    connectTimeout: 30"
        + times
        + "ms\n    hold: "
        + (5 + times)
        + "s\n"
        + forum(pod, times % 2 == 0 ? "forum" : "board")
        + "defaultUpstream: shop\nrooms:\n  concert: {upstream: shop, title: The "
        + times
        + ". title}\n  extra-"
        + times
        + ": {upstream: shop, paths: [/extra]}\n";
  }

  /** Twenty-five requests a second, for eight seconds. */
  private static void browse(Guest guest, AtomicInteger done, AtomicInteger failed) {
    long next = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      Reply reply = guest.fetches("/api?" + i);
      done.incrementAndGet();
      if (reply.status() != 200 || !reply.body().equals("in")) {
        failed.incrementAndGet();
      }
      next += 40_000_000;
      Wait.pause(Duration.ofNanos(next - System.nanoTime()));
    }
  }

  @Test
  void aWaitingCrowdKeepsItsOrderThroughChanges() {
    TestPod pod = stage.pod();
    LiveFile file = new LiveFile(stage, folder, Stage.shop(pod, 1) + room("0"));
    inside(file.port(), 1);
    List<Guest> line = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Guest guest = new Guest(file.port());
      guest.opens("/");
      line.add(guest);
    }
    Stage.until("all have their place", () -> ahead(line.get(49)) == 49);
    for (int change = 1; change <= 3; change++) {
      file.becomes(Stage.shop(pod, 1) + room(String.valueOf(change)));
      for (int i = 0; i < line.size(); i++) {
        assertThat(ahead(line.get(i))).isEqualTo(i);
      }
    }
    file.becomes(Stage.shop(pod, 60) + room("4"));
    for (Guest guest : line) {
      Stage.until("everybody comes in", () -> "admitted".equals(guest.opens("/").state()));
    }
  }

  private static String room(String title) {
    return "rooms: {concert: {title: 'The " + title + ". title', poll: {min: 200ms, max: 1s}}}\n";
  }

  private static int ahead(Guest guest) {
    return guest.place().json().getInteger("ahead", -1);
  }
}
