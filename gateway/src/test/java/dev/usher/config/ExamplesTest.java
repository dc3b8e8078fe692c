package dev.usher.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.ListenOptions;
import dev.usher.edge.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
            .replace("/etc/usher/tls/tls.key", tls.key());
    boolean chart = file.endsWith("kubernetes.yaml");
    String own = chart ? text.substring(text.indexOf("config:\n") + 8).indent(-2) : text;
    GatewayConfig config = new ConfigReader(KEY).read(file.toString(), own);
    assertThat(config.warnings()).isEmpty();
    assertThat(config.rooms()).isNotEmpty();
  }
}
