package dev.usher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import dev.usher.config.GatewayConfig.Room;
import dev.usher.config.schema.RefusedConfigException;
import dev.usher.doorkeeper.LossReserve;
import dev.usher.edge.route.RoomRoute;
import dev.usher.ops.OpsOptions;
import dev.usher.page.Look;
import dev.usher.pods.Pod;
import dev.usher.pods.Sticky;
import dev.usher.pods.UpstreamOptions;
import dev.usher.provision.Scaling;
import dev.usher.proxy.connection.ProxyOptions;
import dev.usher.room.RoomPolicy;
import dev.usher.server.LeastRate;
import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import dev.usher.store.Queue;
import dev.usher.store.redis.link.RedisOptions;
import dev.usher.store.redis.link.RedisServers;
import dev.usher.token.Keys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayConfigTest {
  static final String SMALLEST =
      """
      upstreams: {shop: {pods: [http://10.0.0.1:8080], sessionsPerPod: 100}}
      rooms: {concert: {}}
      """;

  @Test
  void theSmallestFileGivesEverySettingItsDefault() throws RefusedConfigException {
    GatewayConfig config = read(SMALLEST);
    assertThat(config.listen())
        .isEqualTo(
            new ListenOptions(
                "0.0.0.0",
                8080,
                null,
                ListenOptions.Proxies.NONE,
                new ListenOptions.Limits(
                    16384, 0, 20_000, 10_000, seconds(60), seconds(620), seconds(10))));
    assertThat(config.ops()).isEqualTo(new OpsOptions("0.0.0.0", 9090));
    assertThat(config.redis()).isNull();
    assertThat(config.keys()).isNull();
    assertThat(config.defaultUpstream()).isNull();
    assertThat(config.drain()).isEqualTo(seconds(20));
    assertThat(config.upstreams())
        .containsExactly(
            new GatewayConfig.Upstream(
                new UpstreamOptions(
                    "shop",
                    List.of(new Pod("10.0.0.1", 8080, false)),
                    new Declared(100, 0, 0, 0),
                    Tuning.DEFAULT,
                    5000,
                    new UpstreamOptions.ProbeOptions("/", seconds(1), seconds(1), 1, 3)),
                null,
                new ProxyOptions(
                    Duration.ofMillis(300), seconds(60), seconds(5), Integer.MAX_VALUE),
                LossReserve.hold(Duration.ofSeconds(60)),
                new Scaling(1, Scaling.UNBOUNDED, seconds(300), seconds(60))));
    assertThat(config.rooms()).containsExactly(defaultRoom("shop", "concert"));
  }

  private static Room defaultRoom(String upstream, String room) {
    return new Room(
        new RoomPolicy(
            new Queue(upstream, room, seconds(60), Duration.ofMillis(33_750), seconds(45)),
            room,
            1,
            seconds(120),
            seconds(900),
            1_000_000,
            seconds(1),
            seconds(20)),
        new RoomRoute(
            room,
            upstream,
            List.of(),
            List.of("/"),
            RoomRoute.Bypass.NONE,
            RoomRoute.Cookies.DEFAULT,
            200,
            429,
            RoomRoute.Bounds.DEFAULT),
        Look.PLAIN);
  }

  @Test
  void everySettingThatIsWrittenReachesItsPart(@TempDir Path folder) throws Exception {
    Path keys = Files.writeString(folder.resolve("keys"), Keys.newKey(new SecureRandom()) + "\n");
    Path tls = TestCertificate.both(folder.resolve("tls.pem"));
    LeastRate rate = LeastRate.of(1024);
    GatewayConfig config =
        read(resource("full.yaml").replace("KEYS", keys.toString()).replace("TLS", tls.toString()));
    assertThat(config.listen().tls())
        .isEqualTo(new ListenOptions.Tls(tls.toString(), tls.toString()));
    assertThat(config.listen().trustedProxies())
        .singleElement()
        .satisfies(block -> assertThat(block.contains(InetAddress.getByName("10.9.8.7"))).isTrue());
    assertThat(config.listen().proxies().writeForwarded()).isTrue();
    assertThat(config.listen().limits())
        .isEqualTo(
            new ListenOptions.Limits(
                8192, 10 << 20, 5, 3, seconds(90), seconds(700), seconds(5), rate, 2));
    assertThat(config.ops()).isEqualTo(new OpsOptions("127.0.0.1", 9999));
    assertThat(config.redis())
        .isEqualTo(
            new RedisOptions(
                URI.create("rediss://redis:6380/1"), "usher", null, seconds(3), seconds(4)));
    assertThat(config.keys()).isNotNull();
    assertThat(config.drain()).isEqualTo(seconds(5400 / 60));
    assertThat(config.defaultUpstream()).isEqualTo("api");
    assertUpstreams(config.upstreams().get(0), config.upstreams().get(1));
    RoomRoute route = config.rooms().get(0).route();
    assertThat(route.upstream()).isEqualTo("shop");
    assertThat(route.hosts()).containsExactly("shop.example.com");
    assertThat(route.paths()).containsExactly("/tickets", "/seats");
    assertThat(route.finish()).containsExactly("/seats/pay");
    assertThat(route.origins()).containsExactly("https://www.example.com");
    assertThat(route.bypass().methods()).containsExactly("OPTIONS");
    assertThat(route.cookies())
        .isEqualTo(new RoomRoute.Cookies(RoomRoute.SameSite.STRICT, "example.com", false));
    assertPolicy(config.rooms().get(0).policy());
    assertThat(config.warnings()).isEmpty();
    assertRoom(config.rooms().get(0));
  }

  private static void assertRoom(GatewayConfig.Room room) {
    assertThat(room.look().framedBy()).containsExactly("https://partner.example:8443");
    RoomRoute.Joins joins = room.route().bounds().joins();
    assertThat(joins.perAddress()).isEqualTo(300);
    assertThat(joins.perNetwork()).isEqualTo(5000);
    assertThat(joins.unlimitedFrom()).hasSize(1);
  }

  private static void assertPolicy(RoomPolicy policy) {
    assertThat(policy.title()).isEqualTo("City Concert");
    assertThat(policy.pollMax()).isEqualTo(seconds(60));
    assertThat(policy.finishGrace()).isEqualTo(seconds(300));
    assertThat(policy.queue().presenceWindow()).isEqualTo(seconds(150));
  }

  private static void assertUpstreams(GatewayConfig.Upstream shop, GatewayConfig.Upstream api) {
    assertThat(shop.options().declared()).isEqualTo(new Declared(100, 12.5, 30, 0.15));
    assertThat(shop.options().tuning())
        .isEqualTo(new Tuning(120_000, 300, 0.33, 0.75, 1.25, 2, 0).calling(0.2, 120_000));
    assertThat(shop.options().warmUpPaths()).containsExactly("/", "/seats?row=1");
    assertThat(shop.proxy().connectionsPerPod()).isEqualTo(30);
    assertThat(api.options().pods())
        .containsExactly(new Pod("b", 443, true), new Pod("[::1]", 81, false));
    assertThat(api.proxy().connectionsPerPod()).isEqualTo(7);
  }

  @Test
  void podsThatNeedNoTimeToWarmUpNeedNoWorkEither() throws RefusedConfigException {
    GatewayConfig file =
        read(
            SMALLEST.replace(
                "sessionsPerPod: 100", "sessionsPerPod: 100, admission: {warmUp: 0s}"));
    assertThat(file.upstreams().get(0).options().tuning())
        .isEqualTo(new Tuning(0, 0, 0.1, 0.5, 1, 1, 0.4));
  }

  @Test
  void aPodMayBeDeclaredByItsRequestsAlone() throws RefusedConfigException {
    GatewayConfig rate =
        read(SMALLEST.replace("sessionsPerPod: 100", "requestsPerSecondPerPod: 30"));
    assertThat(rate.upstreams().get(0).options().declared()).isEqualTo(new Declared(0, 30, 0, 0));
    GatewayConfig inFlight = read(SMALLEST.replace("sessionsPerPod: 100", "maxInFlightPerPod: 8"));
    assertThat(inFlight.upstreams().get(0).options().declared())
        .isEqualTo(new Declared(0, 0, 8, 0));
  }

  @Test
  void theQuickFormIsTheSmallestFile() throws RefusedConfigException {
    GatewayConfig quick =
        new ConfigReader(Map.of())
            .read(
                new QuickForm(
                    Map.of(
                        "--upstream", List.of("http://10.0.0.1:8080"),
                        "--sessions-per-pod", List.of("100"))));
    GatewayConfig file =
        read(
            SMALLEST
                .replace("shop", "main")
                .replace("concert: {}", "main: {joinsPerAddress: 0, joinsPerNetwork: 0}"));
    assertThat(quick.upstreams()).isEqualTo(file.upstreams());
    assertThat(quick.rooms()).isEqualTo(file.rooms());
    assertThat(quick.listen()).isEqualTo(file.listen());
    assertThat(quick.defaultUpstream()).isNull();
  }

  @Test
  void secretsComeFromTheEnvironmentAndAreNeverShown() throws RefusedConfigException {
    String key = Keys.newKey(new SecureRandom());
    Map<String, String> environment =
        Map.of(
            "USHER_KEY", key,
            "USHER_REDIS_URL", "redis://me:hidden@elsewhere:6379",
            "USHER_REDIS_PASSWORD", "secret");
    String text = SMALLEST + "store: {redis: {url: redis://here, commandTimeout: 3s}}";
    GatewayConfig config = new ConfigReader(environment).read("gateway.yaml", text);
    assertThat(config.redis())
        .isEqualTo(
            new RedisOptions(
                URI.create("redis://me:hidden@elsewhere:6379"),
                null,
                "secret",
                RedisOptions.CONNECT_TIMEOUT,
                seconds(3)));
    assertThat(config.toString())
        .doesNotContain("secret", "hidden", key.substring(key.indexOf(':') + 1));
  }

  @Test
  void sentinelsAndClustersAreNamedByTheirNodes() throws RefusedConfigException {
    Map<String, String> environment =
        Map.of(
            "USHER_KEY", Keys.newKey(new SecureRandom()),
            "USHER_REDIS_PASSWORD", "secret",
            "USHER_REDIS_SENTINEL_PASSWORD", "other-secret");
    String sentinel =
        "store: {redis: {sentinel: {master: shop, nodes: ['redis://a', 'redis://b:1'], user: me}}}";
    GatewayConfig config = new ConfigReader(environment).read("gateway.yaml", SMALLEST + sentinel);
    List<URI> nodes = List.of(URI.create("redis://a"), URI.create("redis://b:1"));
    RedisServers servers = new RedisServers.Sentinel("shop", nodes, "me", "other-secret");
    assertThat(config.redis())
        .isEqualTo(
            new RedisOptions(
                servers,
                null,
                "secret",
                RedisOptions.CONNECT_TIMEOUT,
                RedisOptions.COMMAND_TIMEOUT,
                null));
    assertThat(config.toString()).doesNotContain("secret");

    String cluster = "store: {redis: {cluster: {nodes: ['redis://a', 'redis://b:1']}}}";
    assertThat(new ConfigReader(environment).read("gateway.yaml", SMALLEST + cluster).redis())
        .hasToString("cluster at redis://a:6379, redis://b:1")
        .satisfies(o -> assertThat(o.servers()).isEqualTo(new RedisServers.Cluster(nodes)));
  }

  @Test
  void aUrlInTheEnvironmentAloneMakesTheStoreShared() throws RefusedConfigException {
    Map<String, String> environment =
        Map.of("USHER_REDIS_URL", "redis://r", "USHER_KEY", Keys.newKey(new SecureRandom()));
    GatewayConfig config = new ConfigReader(environment).read("gateway.yaml", SMALLEST);
    assertThat(config.redis()).isEqualTo(RedisOptions.of(URI.create("redis://r")));
  }

  @Test
  void whatIsAllowedButHardlyMeantIsWarnedOf() throws RefusedConfigException {
    GatewayConfig config = read(SMALLEST.replace("{}", "{cookies: {sameSite: None}}"));
    assertThat(config.warnings())
        .containsExactly(
            "keys.file is not set, nor USHER_KEY here: a random key is used, and tickets and passes"
                + " end with this process; \"usher key\" prints a lasting one (gateway.yaml:1)",
            "rooms.concert.cookies.sameSite is None without TLS: browsers drop such cookies, and"
                + " visitors lose their place; set listen.tls, or listen.trustedProxies when a load"
                + " balancer ends TLS (gateway.yaml:2)");
  }

  @Test
  void cookiesOfAFrameOfItsOwnNeedTls() throws RefusedConfigException {
    GatewayConfig config = read(SMALLEST.replace("{}", "{cookies: {partitioned: true}}"));
    assertThat(config.rooms().get(0).route().cookies().partitioned()).isTrue();
    assertThat(config.warnings().get(1))
        .startsWith("rooms.concert.cookies.partitioned is true without TLS: browsers drop such");
    assertThatThrownBy(
            () -> read(SMALLEST.replace("{}", "{cookies: {partitioned: true, sameSite: Lax}}")))
        .hasMessageContaining(
            "rooms.concert.cookies.partitioned must be false unless sameSite is None or left out,"
                + " but was true with Lax");
  }

  @Test
  void timesThatContradictEachOtherAreWarnedOf() throws RefusedConfigException {
    String listen =
        "listen: {trustedProxies: [10.0.0.0/8], limits: {idle: 5s, trustedIdle: 30s}}\n";
    String upstream = "sessionsPerPod: 100, hold: 20s, requestTimeout: 10s";
    GatewayConfig config = read(listen + SMALLEST.replace("sessionsPerPod: 100", upstream));
    assertThat(config.warnings())
        .anyMatch(warning -> warning.startsWith("listen.limits.trustedIdle should be longer"))
        .anyMatch(warning -> warning.startsWith("listen.limits.headerRead should be at most idle"))
        .anyMatch(warning -> warning.startsWith("upstreams.shop.hold should be at most"));
  }

  @Test
  void anOffThatAnotherReaderOfYamlTookForFalseIsOff() throws RefusedConfigException {
    String shop = "pods: [http://10.0.0.1:8080], sessionsPerPod: 100, sticky: ";
    for (String word : List.of("off", "'off'", "false")) {
      GatewayConfig config = read("upstreams: {shop: {" + shop + word + "}}\nrooms: {a: {}}");
      assertThat(config.upstreams().get(0).options().sticky()).as(word).isEqualTo(Sticky.OFF);
    }
    GatewayConfig config = read("upstreams: {shop: {" + shop + "require}}\nrooms: {a: {}}");
    assertThat(config.upstreams().get(0).options().sticky()).isEqualTo(Sticky.REQUIRE);
  }

  private static GatewayConfig read(String text) throws RefusedConfigException {
    return new ConfigReader(Map.of()).read("gateway.yaml", text);
  }

  private static String resource(String name) throws IOException {
    return Files.readString(Path.of("src", "test", "resources", name));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
