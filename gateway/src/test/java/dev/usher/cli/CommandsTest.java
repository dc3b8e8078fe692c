package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.Stage;
import dev.usher.TestPod;
import dev.usher.admission.Declared;
import dev.usher.config.ConfigReader;
import dev.usher.config.GatewayConfig;
import dev.usher.token.Keys;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {
  private static final String GOOD =
      """
      upstreams: {shop: {pods: [http://a, http://b, http://c], sessionsPerPod: 5}}
      rooms: {concert: {}, theatre: {paths: [/theatre]}}
      listen: {port: 8081}
      """;

  private final Vertx vertx = Vertx.vertx();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<GatewayConfig> started = new ArrayList<>();

  @TempDir private Path folder = Path.of(".");

  @Test
  void checkSaysWhatAGoodFileHolds() throws IOException {
    Path file = file(GOOD);
    assertThat(usher("check", file.toString())).isZero();
    assertThat(out.toString())
        .contains(file + " is good: 2 rooms, 1 upstream, 3 pods, line inside the process");
    assertThat(out.toString()).startsWith("warning: keys.file is not set, nor USHER_KEY here");
    assertThat(started).isEmpty();
  }

  @Test
  void checkSaysEveryProblemAndRefuses() throws IOException {
    Path file = file("upstreams: {shop: {pods: [http://a], sessionsPerPod: 0}}\nroms: {}\n");
    assertThat(usher("check", file.toString())).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "upstreams.shop.sessionsPerPod must be at least 1 but was 0 (" + file + ":1)",
            "rooms must be set but is missing. The waiting rooms by name: lower-case letters,"
                + " digits and hyphens. ("
                + file
                + ":1)",
            "roms is not a setting: did you mean rooms? (" + file + ":2)");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void checkAsksPodsAndStoreWhereItIsTold() throws IOException {
    TestPod pod = new TestPod(vertx);
    int nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = closed.getLocalPort();
    }
    String good =
        ("upstreams: {shop: {pods: ['" + pod.url() + "'], sessionsPerPod: 5,")
            + " probe: {timeout: 20s}}}\nrooms: {concert: {}}\n";
    assertThat(usher("check", "--connect", file(good).toString())).isZero();
    assertThat(out.toString()).contains("upstream shop: 1 of 1 pods are ready");
    String bad =
        good.replace("['", "['http://127.0.0.1:" + nobody + "', '")
            + ("store: {redis: {url: 'redis://127.0.0.1:" + nobody + "'}}\nkeys: {file: '")
            + (Files.writeString(folder.resolve("key"), Stage.KEY) + "'}\n");
    assertThat(usher("check", "--connect", file(bad).toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("upstream shop: 1 of 2 pods are ready", "run at least two gateways");
    assertThat(err.toString())
        .contains("127.0.0.1:" + nobody + " is not: probe failed: nothing listens there")
        .contains("store: ");
    vertx.close().await();
  }

  @Test
  void checkSaysOfEachPodWhatItDidHoweverBusyThisMachineIs() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      String pod = "127.0.0.1:" + silent.getLocalPort();
      String yaml =
          ("upstreams: {shop: {pods: ['https://" + pod + "'], sessionsPerPod: 5,")
              + " probe: {timeout: 50ms}}}\nrooms: {concert: {}}\n";
      assertThat(usher("check", "--connect", file(yaml).toString())).isEqualTo(1);
      assertThat(err.toString())
          .contains(
              pod + " is not: probe failed: no connection within 50 ms: if it does not speak TLS");
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void runStartsWhatTheFileSays() throws IOException {
    assertThat(usher("run", "--config", file(GOOD).toString())).isZero();
    assertThat(started).singleElement().extracting(c -> c.listen().port()).isEqualTo(8081);
  }

  @Test
  void runStartsWhatTheFlagsSay() {
    int exit =
        usher(
            "run",
            "--upstream",
            "http://a",
            "http://b",
            "--upstream",
            "http://c",
            "--sessions-per-pod",
            "7",
            "--max-in-flight-per-pod=8",
            "--warm-up",
            "0s",
            "--start-at",
            "0.8",
            "--survive-loss-of=2",
            "--session-timeout",
            "3m",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--ops-port",
            "0");
    assertThat(exit).isZero();
    GatewayConfig config = started.get(0);
    assertThat(config.upstreams().get(0).options().pods()).hasSize(3);
    assertThat(config.upstreams().get(0).options().declared().sessions()).isEqualTo(7);
    assertThat(config.upstreams().get(0).options().declared().maxInFlight()).isEqualTo(8);
    assertThat(config.upstreams().get(0).options().tuning().warmUpMillis()).isZero();
    assertThat(config.upstreams().get(0).options().tuning().startAt()).isEqualTo(0.8);
    assertThat(config.upstreams().get(0).options().tuning().surviveLossOf()).isEqualTo(2);
    assertThat(config.listen().host()).isEqualTo("127.0.0.1");
    assertThat(config.rooms().get(0).policy().sessionTimeout()).hasMinutes(3);
    assertThat(config.listen().port()).isZero();
    assertThat(config.ops().port()).isZero();
  }

  @Test
  void onePodMayBeToldByAnyOfWhatItBears() {
    assertThat(usher("run", "--upstream", "http://a", "--requests-per-second-per-pod", "2.5"))
        .isZero();
    assertThat(usher("run", "--max-in-flight-per-pod", "8", "--upstream", "http://a")).isZero();
    assertThat(started)
        .extracting(c -> c.upstreams().get(0).options().declared())
        .containsExactly(new Declared(0, 2.5, 0, 0), new Declared(0, 0, 8, 0));
  }

  @Test
  void aSharedStoreWithoutAKeyStopsTheStartWithTheCommandThatHelps() {
    int exit =
        usher("run", "--upstream", "http://a", "--sessions-per-pod", "7", "--redis", "redis://r");
    assertThat(exit).isEqualTo(1);
    assertThat(err.toString()).contains("run \"usher key > keys\" once").contains("USHER_KEY");
    assertThat(started).isEmpty();
  }

  @Test
  void aWrongCommandLineIsTold() throws IOException {
    assertThat(usher()).isEqualTo(2);
    assertThat(usher("run")).isEqualTo(2);
    assertThat(usher("run", "--upstream", "http://a")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--sessions-per-pod", "--requests-per-second-per-pod", "--max-in-flight-per-pod");
    assertThat(usher("check")).isEqualTo(2);
    assertThat(err.toString()).endsWith("'FILE'\nusher check --help\n");
    err.getBuffer().setLength(0);
    assertThat(usher("room", "concert", "stop")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "ACTION must be pause, resume, message, sold-out, limit, admit or reset but was"
                + " \"stop\"\nusher room --help\n");
    String file = file(GOOD).toString();
    assertThat(usher("run", "--config", file, "--upstream", "http://a", "--sessions-per-pod", "1"))
        .isEqualTo(2);
    assertThat(started).isEmpty();
  }

  @Test
  void everyNewKeyIsAnotherOneAndCanBeUsed() {
    assertThat(usher("key")).isZero();
    assertThat(usher("key")).isZero();
    List<String> keys = out.toString().lines().toList();
    assertThat(keys).hasSize(2).doesNotHaveDuplicates();
    assertThat(Keys.parse(out.toString())).isNotNull();
  }

  @Test
  void helpAndVersionAreAnswered() {
    assertThat(usher("--help")).isZero();
    assertThat(out.toString()).contains("run", "check", "key");
    assertThat(usher("help", "run")).isZero();
    String help = out.toString().replaceAll("\\s+", " ");
    assertThat(help).contains("usher run --upstream http://10.0.0.11:8080 --sessions-per-pod 100");
    defaults()
        .forEach(
            (flag, preset) ->
                assertThat(help)
                    .as("help of " + flag + " tells the default of the schema")
                    .containsPattern(
                        Pattern.quote(flag) + "=[^-]*?Default: " + Pattern.quote(preset)));
    assertThat(usher("completion")).isZero();
    assertThat(out.toString()).contains("complete -F", "--sessions-per-pod");
    assertThat(usher("--version")).isZero();
    assertThat(out.toString()).contains("usher ");
  }

  private static Map<String, String> defaults() {
    JsonObject schema = new JsonObject(Buffer.buffer(schema()));
    JsonObject upstream = schema.getJsonObject("$defs").getJsonObject("upstream");
    JsonObject session = in(schema.getJsonObject("$defs").getJsonObject("room"), "session");
    return Map.of(
        "--warm-up", preset(in(upstream, "admission"), "warmUp"),
        "--start-at", preset(in(upstream, "admission"), "startAt"),
        "--survive-loss-of", preset(in(upstream, "admission"), "surviveLossOf"),
        "--probe-path", preset(in(upstream, "probe"), "path"),
        "--probe-status", preset(in(upstream, "probe"), "status"),
        "--session-timeout", preset(session, "timeout"),
        "--host", preset(in(schema, "listen"), "host"),
        "--port", preset(in(schema, "listen"), "port"),
        "--ops-port", preset(in(schema, "ops"), "port"));
  }

  private static JsonObject in(JsonObject group, String key) {
    return group.getJsonObject("properties").getJsonObject(key);
  }

  private static String preset(JsonObject group, String key) {
    return in(group, key).getValue("default").toString();
  }

  private static byte[] schema() {
    try (InputStream in = Main.class.getResourceAsStream("/usher.schema.json")) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int usher(String... args) {
    CommandLine commands =
        Main.commands(new ConfigReader(Map.of()), (config, file) -> started.add(config));
    commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commands.execute(args);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("gateway.yaml"), text);
  }
}
