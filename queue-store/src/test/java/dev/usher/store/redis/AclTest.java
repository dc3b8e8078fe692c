package dev.usher.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.usher.store.Bits;
import dev.usher.store.Budget;
import dev.usher.store.Claim;
import dev.usher.store.Crowds;
import dev.usher.store.Place;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.RoomWeight;
import dev.usher.store.redis.link.RedisOptions;
import dev.usher.store.redis.link.RedisReplicas;
import dev.usher.store.redis.link.RedisServers;
import dev.usher.store.redis.link.SentinelSet;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.LiveChange;
import dev.usher.store.upstream.LiveState;
import dev.usher.store.upstream.LiveStore.Annals;
import dev.usher.store.upstream.Move;
import dev.usher.store.upstream.MoveStore.Outcome;
import dev.usher.store.upstream.Moves;
import dev.usher.store.upstream.WorkReport;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The least rights that docs/store.md gives Usher's user, and what happens with fewer. */
@Tag("redis")
final class AclTest {
  private static final Path PAGE = Path.of("..", "docs", "store.md");
  private static final Path SCRIPTS = Path.of("src", "main", "resources");
  private static final Pattern CALL = Pattern.compile("redis\\.p?call\\(\\s*['\"](\\w+)['\"]");

  /** Calls of a command that is worked out while the script runs cannot be read from its text. */
  private static final Pattern ANY_CALL = Pattern.compile("redis\\.p?call\\(");

  private final Vertx vertx = Vertx.vertx();
  private final Queue concert = Crowd.queue("shop");

  @AfterEach
  void closeVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** ACL SETUSER and what follows, as the page has it. */
  private static List<String> rule(String password) throws IOException {
    String page = Files.readString(PAGE).replaceAll("\\\\\\n\\s*", "");
    String line =
        page.lines()
            .map(String::strip)
            .filter(each -> each.startsWith("ACL SETUSER usher on >PASSWORD ~usher:*"))
            .findFirst()
            .orElseThrow();
    return new ArrayList<>(Arrays.asList(line.replace("PASSWORD", password).split(" +", -1)));
  }

  @Test
  void thePageGrantsWhatTheScriptsCallAndNothingElse() throws IOException {
    Set<String> needed = new TreeSet<>(List.of("+eval", "+evalsha", "+info"));
    try (Stream<Path> files = Files.walk(SCRIPTS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".lua")).toList()) {
        String text = Files.readString(file);
        CALL.matcher(text)
            .results()
            .forEach(call -> needed.add("+" + call.group(1).toLowerCase(Locale.ROOT)));
        assertThat(CALL.matcher(text).results().count())
            .as("%s must name its commands, so that its rights are known", file)
            .isEqualTo(ANY_CALL.matcher(text).results().count());
      }
    }
    List<String> granted = rule("x").stream().filter(word -> word.startsWith("+")).toList();
    assertThat(granted)
        .as("docs/store.md must grant exactly:\n" + String.join(" ", needed))
        .containsExactlyInAnyOrderElementsOf(needed);
  }

  @Test
  void withExactlyTheRightsOfThePageEverythingWorks(@TempDir Path folder) throws IOException {
    try (OwnRedis redis = server(folder, rule("secret"))) {
      QueueStore store = store(redis);
      walk(store);
      assertThat(RedisWire.ask(redis.url(), "ACL", "LOG")).isEmpty();
      get(store.close());
    }
  }

  @Test
  void onAClusterTwoRightsMoreAreEnough(@TempDir Path folder) throws IOException {
    List<String> rule = rule("secret");
    assertThat(Files.readString(PAGE)).contains("`+cluster|slots +cluster|info`");
    rule.addAll(List.of("+cluster|slots", "+cluster|info"));
    try (OwnRedis redis =
        new OwnRedis(folder, "--cluster-enabled", "yes", "--cluster-port", "{bus}")) {
      RedisWire.ask(redis.url(), "CLUSTER", "ADDSLOTSRANGE", "0", "16383");
      RedisWire.ask(redis.url(), rule.toArray(String[]::new));
      SentinelSet.until(
          () -> RedisWire.ask(redis.url(), "CLUSTER", "INFO").contains("cluster_state:ok"));
      QueueStore store = store(new RedisServers.Cluster(List.of(redis.url())));
      walk(store);
      assertThat(RedisWire.ask(redis.url(), "ACL", "LOG")).isEmpty();
      get(store.close());
    }
  }

  @Test
  void aMissingRightIsNamedInTheLogAndGrantingItIsEnough(@TempDir Path folder) throws IOException {
    for (String right : List.of("+info", "+evalsha", "+hmget", "+setbit", "~usher:*")) {
      List<String> rule = rule("secret");
      assertThat(rule.remove(right)).isTrue();
      try (OwnRedis redis = server(folder, rule);
          Logged logged = new Logged(":" + redis.port)) {
        QueueStore store = store(redis);
        assertThat(catchThrowable(() -> get(store.arrive(concert, Crowds.newcomers(1)))))
            .isNotNull();
        assertThat(logged.values("store_unavailable", "kind")).containsExactly("no_permission");
        assertThat(logged.values("store_unavailable", "fix").get(0)).contains(right);
        RedisWire.ask(redis.url(), "ACL", "SETUSER", "usher", right);
        SentinelSet.until(
            () -> catchThrowable(() -> get(store.arrive(concert, Crowds.newcomers(1)))) == null);
        assertThat(logged.values("store_back", "store")).hasSize(1);
        get(store.close());
      }
    }
  }

  private static OwnRedis server(Path folder, List<String> rule) {
    OwnRedis redis = new OwnRedis(folder);
    RedisWire.ask(redis.url(), rule.toArray(String[]::new));
    return redis;
  }

  private QueueStore store(OwnRedis redis) {
    return store(new RedisServers.Single(redis.url()));
  }

  private QueueStore store(RedisServers servers) {
    Duration time = Duration.ofSeconds(5);
    return RedisReplicas.unsettled(
        vertx, new RedisOptions(servers, "usher", "secret", time, time, null));
  }

  /** Everything that a room does, so that each script runs through most of its ways. */
  private void walk(QueueStore store) {
    Lease lease = get(store.lead("shop", Duration.ofSeconds(30)));
    List<RoomWeight> rooms = List.of(new RoomWeight(concert, 1));
    Budget none = new Budget(0, 0, Budget.KEEP_ALL, Duration.ofSeconds(30));
    Budget three = new Budget(3, 3, Budget.KEEP_ALL, Duration.ofSeconds(30));
    get(store.call(lease, none, rooms));
    assertThat(get(store.arrive(concert, Crowds.newcomers(10))).first()).isEqualTo(1);
    long epoch = get(store.line(concert)).epoch();
    BitSet all = new BitSet();
    all.set(1, 11);
    get(store.see(concert, new PresenceReport(epoch, 0, Bits.of(all), Bits.NONE)));
    get(store.call(lease, three, rooms));
    Place first = new Place("room", epoch, 0, 1);
    assertThat(get(store.claim(concert, first))).isEqualTo(Claim.ADMITTED);
    get(store.call(lease, none, rooms));
    // Called, but there is no place any more: they ask for the next one.
    get(store.claim(concert, new Place("room", epoch, 0, 2)));
    get(store.claim(concert, new Place("room", epoch, 0, 3)));
    get(store.call(lease, three, rooms));
    get(store.claim(concert, new Place("room", epoch, 0, 3)));
    get(store.claim(concert, new Place("room", epoch, 0, 2)));
    get(store.leave(concert, first));
    get(store.leave(concert, new Place("room", epoch, 0, 9)));
    move(store, epoch);
    get(store.pause(concert, true));
    get(store.pause(concert, false));
    assertThat(get(store.reset(concert))).isGreaterThan(epoch);
    get(store.call(lease, three, rooms));
    get(store.arrive(concert, Crowds.newcomers(2)));
    get(store.line(concert));
    whatTheUpstreamHas(store, lease);
    get(store.call(lease, three, rooms));
    record(store);
  }

  private void whatTheUpstreamHas(QueueStore store, Lease lease) {
    assertThat(get(store.proven("shop", "version"))).containsExactly("version");
    assertThat(get(store.work(lease, new WorkReport(Map.of(), "learnt"))).learnt())
        .isEqualTo("learnt");
    assertThat(get(store.note(lease, "heading", "text")).text()).isEqualTo("text");
    assertThat(get(store.note(lease, "heading", "")).text()).isEmpty();
    LiveState limited = LiveState.unset("concert").limited(9, 60);
    LiveState set = get(store.set("shop", new LiveChange(limited, 1, "entry"))).stands();
    assertThat(get(store.live("shop", List.of(set)))).containsExactly(set);
  }

  private void move(QueueStore store, long epoch) {
    Move move = new Move(concert.room(), epoch, 0, 8, 1, "a");
    assertThat(get(store.move("shop", move))).isEqualTo(Outcome.MOVED);
    get(store.line(concert));
    assertThat(get(store.moves("shop", new Moves.Since(concert.room(), epoch, 0, 0))))
        .isEqualTo(new Moves(1, Map.of(8L, 1)));
  }

  private static void record(QueueStore store) {
    get(store.record("shop", Annals.ENDINGS, "more"));
    assertThat(get(store.recorded("shop", Annals.CHANGES))).containsExactly("entry");
    assertThat(get(store.recorded("shop", Annals.ENDINGS))).containsExactly("more");
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
