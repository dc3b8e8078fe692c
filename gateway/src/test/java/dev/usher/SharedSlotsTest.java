package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.redis.TestRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three replicas in front of the same pods, which count for themselves. */
@Tag("redis")
class SharedSlotsTest {
  private static final int REPLICAS = 3;

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private String store = "";
  private final List<SlowPod> pods = new ArrayList<>();
  private final List<Gateway> gateways = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Thread> crowd = new ArrayList<>();

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    store = "store: {redis: {url: '" + TestRedis.fresh() + "'}}\n";
  }

  @AfterEach
  void clear() throws InterruptedException {
    over.set(true);
    for (Thread each : crowd) {
      each.join();
    }
    stage.close();
    pods.forEach(SlowPod::close);
  }

  private void replicas(int count, int cap) {
    StringBuilder addresses = new StringBuilder();
    pods.forEach(pod -> addresses.append('"').append(pod.url()).append("\","));
    for (int i = 0; i < count; i++) {
      gateways.add(
          stage.gateway(
              store
                  + "upstreams: {shop: {pods: ["
                  + addresses
                  + "], maxInFlightPerPod: "
                  + cap
                  + ", requestsPerSecondPerPod: 10000, sessionsPerPod: 200, hold: 15s,"
                  + " probe: {path: /healthz, interval: 200ms, timeout: 10s},"
                  + " admission: {warmUp: 0s, warmUpRequests: 0, startAt: 1}}}\n"
                  + "rooms: {concert: {poll: {min: 200ms, max: 1s}}}"));
    }
  }

  /** Visitors at one replica, each of whom asks again and again. Returns how often it worked. */
  private AtomicInteger visitors(Gateway gateway, int count) {
    AtomicInteger served = new AtomicInteger();
    for (int i = 0; i < count; i++) {
      Thread visitor =
          new Thread(
              () -> {
                Guest guest = new Guest(gateway.port());
                guest.opens("/");
                while (!over.get()) {
                  if (guest.fetches("/api").status() == 200) {
                    served.incrementAndGet();
                  }
                }
              });
      crowd.add(visitor);
      visitor.start();
    }
    return served;
  }

  private int most() {
    return pods.stream().mapToInt(SlowPod::most).max().orElse(0);
  }

  private void allAreServedAndNoPodHasMoreThan(int cap) {
    List<AtomicInteger> served = gateways.stream().map(each -> visitors(each, 6)).toList();
    List<Integer> before = new ArrayList<>();
    Stage.within(60, "all are served", () -> served.stream().allMatch(count -> count.get() > 20));
    served.forEach(count -> before.add(count.get()));
    System.out.println("Three replicas served " + before + ", at most " + most() + " at once");
    assertThat(most()).isBetween(cap / 2, cap);
  }

  @Test
  void togetherTheyNeverHaveMoreInFlightThanThePodsCap() {
    pods.add(new SlowPod());
    pods.add(new SlowPod());
    replicas(REPLICAS, 8);
    allAreServedAndNoPodHasMoreThan(8);
  }

  @Test
  void aStoreThatLosesEverythingLearnsWhoHoldsWhat() {
    pods.add(new SlowPod());
    replicas(REPLICAS, 6);
    List<AtomicInteger> served = gateways.stream().map(each -> visitors(each, 6)).toList();
    Stage.until("all are served", () -> served.stream().allMatch(count -> count.get() > 5));
    TestRedis.fresh();
    Stage.until(
        "the slots are shared again",
        () ->
            TestRedis.ask("EXISTS", "usher:{shop}:slots").contains("1")
                && gateways.stream().mapToInt(this::share).sum() == 6);
    served.forEach(count -> count.set(0));
    Stage.until("all are served again", () -> served.stream().allMatch(count -> count.get() > 5));
    assertThat(most()).isLessThanOrEqualTo(6);
  }

  @Test
  void aPodWithFewerSlotsThanReplicasServesThemAll() {
    pods.add(new SlowPod());
    replicas(REPLICAS, 2);
    allAreServedAndNoPodHasMoreThan(2);
  }

  @Test
  void whoStopsGivesItsSlotsToTheOthers() {
    int cap = 9;
    pods.add(new SlowPod());
    replicas(REPLICAS, cap);
    Stage.until("all have a share", () -> gateways.stream().allMatch(each -> share(each) > 0));
    Gateway leaves = gateways.remove(0);
    assertThat(share(leaves)).isLessThan(cap);
    leaves.stop();
    long began = System.nanoTime();
    Stage.until("the others have all", () -> gateways.stream().mapToInt(this::share).sum() == cap);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    System.out.println("The slots of a replica that left were taken after " + millis + " ms");
    // One lease, and what a busy machine adds.
    assertThat(millis).isLessThan(3000);
    assertThat(metric(gateways.get(0), "usher_replicas")).isEqualTo(2);
    assertThat(metric(gateways.get(0), "usher_pod_cap_requests")).isEqualTo(cap);
  }

  private int share(Gateway gateway) {
    return metric(gateway, "usher_pod_share_requests");
  }

  /** The only row of a metric. */
  private int metric(Gateway gateway, String name) {
    return new Guest(gateway.opsPort())
        .asks("GET", "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
