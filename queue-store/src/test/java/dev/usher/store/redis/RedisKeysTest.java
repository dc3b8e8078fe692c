package dev.usher.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Bits;
import dev.usher.store.Budget;
import dev.usher.store.Crowds;
import dev.usher.store.Place;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.RoomWeight;
import dev.usher.store.redis.link.RedisReplicas;
import dev.usher.store.upstream.Grants;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.LiveChange;
import dev.usher.store.upstream.LiveState;
import dev.usher.store.upstream.LiveStore.Annals;
import dev.usher.store.upstream.Move;
import dev.usher.store.upstream.Moves;
import dev.usher.store.upstream.Sharing;
import dev.usher.store.upstream.SlotDecay;
import dev.usher.store.upstream.SlotReport;
import dev.usher.store.upstream.Slots;
import dev.usher.store.upstream.WorkReport;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts leave in Redis, and what they touch there. */
@Tag("redis")
final class RedisKeysTest {
  private static final String WITHOUT_EXPIRY =
      "local r = {} for _, k in ipairs(redis.call('KEYS', '*')) do"
          + " if redis.call('PTTL', k) < 0 then r[#r + 1] = k end end"
          + " return table.concat(r, ' ')";

  private final Vertx vertx = Vertx.vertx();
  private final RedisReplicas replicas = new RedisReplicas(vertx);
  private final Queue concert = queue("concert");
  private final Queue theatre = queue("theatre");

  private static Queue queue(String room) {
    return new Queue(
        "shop", room, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(45));
  }

  @AfterEach
  void closeVertx() {
    get(vertx.close().toCompletionStage());
  }

  @Test
  void everyKeyHasAnExpiryWhateverWasDoneFirst() {
    for (int first = 0; first < 10; first++) {
      URI url = TestRedis.fresh();
      QueueStore store = replicas.stores(url, "one").get(0);
      long epoch = first == 0 ? 1 : get(store.line(concert)).epoch();
      step(store, first, epoch, new Random(first));
      assertThat(RedisWire.ask(url, "EVAL", WITHOUT_EXPIRY, "0")).as("step " + first).isEmpty();
      get(store.close());
    }
  }

  @Test
  void everyKeyHasAnExpiryAfterABusyHistory() {
    URI url = TestRedis.fresh();
    QueueStore store = replicas.stores(url, "one").get(0);
    busy(store, () -> assertThat(RedisWire.ask(url, "EVAL", WITHOUT_EXPIRY, "0")).isEmpty());
    get(store.close());
  }

  @Test
  void noScriptTouchesAKeyThatItWasNotGiven() {
    URI url = TestRedis.fresh();
    QueueStore store = replicas.stores(url, "one").get(0);
    get(store.line(concert));
    try (Monitor monitor = new Monitor(url)) {
      busy(store, () -> {});
      get(store.close());
      RedisWire.ask(url, "ECHO", "monitored-so-far");
      assertThat(monitor.keysNotGivenUntil("monitored-so-far")).isEmpty();
      assertThat(monitor.scripts()).isGreaterThan(500);
    }
  }

  @Test
  void allKeysOfAnUpstreamLieOnOneNodeOfACluster(@TempDir Path folder) {
    try (OwnRedis redis = new OwnRedis(folder, "--cluster-enabled", "yes")) {
      RedisWire.ask(redis.url(), "CLUSTER", "ADDSLOTSRANGE", "0", "16383");
      while (!RedisWire.ask(redis.url(), "CLUSTER", "INFO").contains("cluster_state:ok")) {
        Thread.onSpinWait();
      }
      QueueStore store = replicas.stores(redis.url(), "one").get(0);
      busy(store, () -> {});
      get(store.close());
    }
  }

  @Test
  void aRedisThatForgotItsScriptsIsTaughtThemAgain() {
    URI url = TestRedis.fresh();
    QueueStore store = replicas.stores(url, "one").get(0);
    get(store.arrive(concert, Crowds.newcomers(1)));
    RedisWire.ask(url, "SCRIPT", "FLUSH");
    assertThat(get(store.arrive(concert, Crowds.newcomers(1))).first()).isEqualTo(2);
    get(store.close());
  }

  /** Everything that can be asked, in some order, over hours, with resets. */
  private void busy(QueueStore store, Runnable check) {
    Random random = new Random(1);
    long epoch = get(store.line(concert)).epoch();
    for (int i = 0; i < 400; i++) {
      long told = step(store, random.nextInt(40) == 0 ? 10 : random.nextInt(10), epoch, random);
      epoch = told > 0 ? told : epoch;
      if (random.nextInt(4) == 0) {
        replicas.pass(Duration.ofSeconds(random.nextInt(60)));
      }
      if (i % 20 == 0) {
        check.run();
      }
    }
  }

  /** Returns the new epoch after a reset. */
  private long step(QueueStore store, int what, long epoch, Random random) {
    Place place = new Place("concert", epoch, 0, 1 + random.nextInt(20));
    switch (what) {
      case 0 -> get(store.arrive(concert, Crowds.newcomers(1 + random.nextInt(10))));
      case 1 -> get(store.claim(concert, place));
      case 2 -> get(store.leave(concert, place));
      case 3 -> {
        BitSet some = new BitSet();
        some.set(1, 20);
        get(store.see(concert, new PresenceReport(epoch, 0, Bits.of(some), Bits.of(some))));
      }
      case 4 -> get(store.pause(concert, random.nextInt(3) == 0));
      case 5 -> get(store.line(theatre));
      case 6 -> lead(store, random);
      case 7 -> get(store.proven("shop", "version-" + random.nextInt(30)));
      case 8 -> work(store, random.nextInt(9));
      case 9 -> live(store, random);
      default -> {
        return get(store.reset(concert));
      }
    }
    return 0;
  }

  private void live(QueueStore store, Random random) {
    LiveState unset = LiveState.unset("concert");
    LiveState known = get(store.live("shop", List.of(unset))).get(0);
    LiveState wanted = known.limited(random.nextInt(20) - 1, random.nextInt(90) - 1);
    get(store.set("shop", new LiveChange(wanted, random.nextInt(3), "entry")));
    Annals annals = random.nextBoolean() ? Annals.CHANGES : Annals.ENDINGS;
    get(store.record("shop", annals, "entry"));
    get(store.recorded("shop", annals));
    long epoch = get(store.line(concert)).epoch();
    int generation = 1 + random.nextInt(3);
    get(store.move("shop", new Move("concert", epoch, 0, 5, generation, "a")));
    get(store.moves("shop", new Moves.Since("concert", epoch, 0, random.nextInt(3))));
  }

  /** Everything that whoever leads does at a tick. */
  private void lead(QueueStore store, Random random) {
    Lease lease = get(store.lead("shop", Duration.ofSeconds(3)));
    Budget budget = new Budget(random.nextInt(12), 5, random.nextInt(4), Duration.ofSeconds(30));
    get(store.call(lease, budget, List.of(new RoomWeight(concert, 2), new RoomWeight(theatre, 1))));
    Slots held = Slots.of(Map.of("10.0.0.1:80", 1 + random.nextInt(9)));
    SlotReport report = new SlotReport(held, 1, Duration.ofSeconds(31), 0, 0, SlotDecay.UNKNOWN);
    Sharing told = get(store.share(lease, report));
    Sharing.Holder me = told.holders().get(0);
    get(store.grant(lease, new Grants(told, Map.of(me.replica(), held), Map.of(), 1)));
    if (random.nextInt(3) == 0) {
      get(store.giveUp("shop", report));
    } else if (random.nextInt(3) == 0) {
      Map<String, Long> gone = Map.of(me.replica(), me.reportedAt());
      get(store.grant(lease, new Grants(get(store.share(lease, report)), Map.of(), gone, 0)));
    }
  }

  private static void work(QueueStore store, int answers) {
    var did = new WorkReport.Did("", 0, false, 0, answers, 0, 0, 0, 0.5);
    Lease lease = get(store.lead("shop", Duration.ofSeconds(3)));
    get(store.work(lease, new WorkReport(Map.of("10.0.0.1:80", did), "learnt")));
    get(store.note(lease, "heading", answers % 2 == 0 ? "text" : null));
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
