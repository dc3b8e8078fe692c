package dev.usher.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What stands in docs/examples is what people start from. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "docs", "examples");
  private static final Map<String, String> KEY = Map.of("USHER_KEY", "test:" + "A".repeat(43));

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("compose.yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void eachIsGoodAndWarnsOfNothing(Path file) throws Exception {
    ListenOptions.Tls tls = TestCertificate.shared();
    String text =
        Files.readString(file)
            .replace("/etc/usher/tls/tls.crt", tls.certificate())
            .replace("/etc/usher/tls/tls.key", tls.key())
            .replace("/etc/usher/page.mustache", EXAMPLES.resolve("page.mustache").toString());
    boolean chart = file.endsWith("kubernetes.yaml");
    String own = chart ? text.substring(text.indexOf("config:\n") + 8).indent(-2) : text;
    GatewayConfig config = new ConfigReader(KEY).read(file.toString(), own);
    assertThat(config.warnings()).isEmpty();
    assertThat(config.rooms()).isNotEmpty();
  }

  @Test
  void theUnitRunsCommandsThatThereAreWithTheFileThatItInstalls() throws IOException {
    String unit = Files.readString(EXAMPLES.resolve("usher.service"));
    assertThat(unit)
        .contains("usher.jar check /etc/usher/gateway.yaml")
        .contains("usher.jar run --config /etc/usher/gateway.yaml")
        .contains("install -D -m 644 one-pod-list.yaml /etc/usher/gateway.yaml");
    Path here = Files.createTempDirectory("systemd").resolve("usher.service");
    Files.writeString(here, unit.replace("/usr/bin/java", "/bin/true"));
    runIfThere("systemd-analyze", "verify", "--man=no", here);
  }

  @Test
  void composeMountsTheFileBesideItAndOpensItsPorts() throws Exception {
    Object read =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(EXAMPLES.resolve("compose.yaml")));
    Map<?, ?> services = (Map<?, ?>) requireNonNull(((Map<?, ?>) read).get("services"));
    Map<?, ?> usher = (Map<?, ?>) requireNonNull(services.get("usher"));
    String mounted = String.valueOf(((List<?>) requireNonNull(usher.get("volumes"))).get(0));
    GatewayConfig config =
        new ConfigReader(KEY).read(EXAMPLES.resolve(mounted.substring(0, mounted.indexOf(':'))));
    assertThat((List<?>) usher.get("command"))
        .asString()
        .contains("run, --config, " + mounted.split(":", -1)[1]);
    assertThat(String.valueOf(usher.get("ports")))
        .contains(config.listen().port() + ":" + config.listen().port())
        .contains("127.0.0.1:" + config.ops().port() + ":" + config.ops().port());
    assertThat(config.ops().host()).as("its own loopback is nobody's way in").isEqualTo("0.0.0.0");
    assertThat(config.upstreams().get(0).options().pods())
        .allMatch(pod -> services.containsKey(pod.host()));
  }

  @Test
  void nginxSpeaksToWhereUsherListensAndLetsWebSocketsThrough() throws Exception {
    String nginx = Files.readString(EXAMPLES.resolve("nginx.conf"));
    GatewayConfig config = new ConfigReader(KEY).read(EXAMPLES.resolve("behind-nginx.yaml"));
    assertThat(nginx)
        .contains("server " + config.listen().host() + ":" + config.listen().port() + ";")
        .contains("proxy_set_header Upgrade $http_upgrade;")
        .contains("proxy_set_header Connection $usher_connection;");
    ListenOptions.Tls tls = TestCertificate.shared();
    Path own = Files.createTempDirectory("nginx");
    Files.writeString(
        own.resolve("usher.conf"),
        nginx
            .replace("/etc/nginx/tls/fullchain.pem", tls.certificate())
            .replace("/etc/nginx/tls/privkey.pem", tls.key()));
    Path main =
        Files.writeString(
            own.resolve("main.conf"),
            ("pid " + own + "/pid; error_log stderr; events {}")
                + (" http { access_log off; include " + own + "/usher.conf; }"));
    runIfThere("nginx", "-t", "-p", own, "-c", main);
  }

  /** Has the program itself judge, on machines that have it. */
  private static void runIfThere(Object... command) throws IOException {
    List<String> words = Stream.of(command).map(String::valueOf).toList();
    Process program;
    try {
      program = new ProcessBuilder(words).redirectErrorStream(true).start();
    } catch (IOException notThere) {
      return;
    }
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(program.onExit().join().exitValue()).as(said).isZero();
  }
}
