package dev.usher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.config.schema.RefusedConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusedConfigTest {
  private static final Path CASES = Path.of("src", "test", "resources", "refused");

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyProblemIsNamedAtOnceInTheOrderOfTheFile(Path file) throws IOException {
    Path expected = Path.of(file.toString().replace(".yaml", ".txt"));
    assertThat(problems(Map.of(), Files.readString(file)))
        .containsExactlyElementsOf(Files.readAllLines(expected));
  }

  @Test
  void aWrongVariableIsNamedInsteadOfTheFileAndItsSecretIsNotShown() {
    Map<String, String> environment =
        Map.of("USHER_REDIS_URL", "http://me:secret@redis", "USHER_KEY", "k1:secret");
    assertThat(problems(environment, "upstreams: {}\nrooms: {a: {}}"))
        .containsExactly(
            "USHER_REDIS_URL must be a URL such as redis://host:6379/0 but was not; it is not"
                + " shown, for it may hold a password",
            "USHER_KEY must hold keys but does not: Key \"k1\" must be base64url without padding"
                + " but was something else; \"usher key\" prints a new one",
            "upstreams must have at least one entry but was empty (gateway.yaml:1)");
  }

  @Test
  void aWrongFlagIsNamedByItsNameOnTheCommandLine() {
    QuickForm form =
        new QuickForm(
            Map.ofEntries(
                Map.entry("--upstream", List.of("10.0.0.1:8080", "http://a")),
                Map.entry("--sessions-per-pod", List.of("0")),
                Map.entry("--requests-per-second-per-pod", List.of("0.01")),
                Map.entry("--max-in-flight-per-pod", List.of("many")),
                Map.entry("--warm-up", List.of("now")),
                Map.entry("--start-at", List.of("50%")),
                Map.entry("--survive-loss-of", List.of("-1")),
                Map.entry("--session-timeout", List.of("2")),
                Map.entry("--host", List.of("")),
                Map.entry("--port", List.of("70000")),
                Map.entry("--ops-port", List.of("-1"))));
    RefusedConfigException refused =
        catchThrowableOfType(
            RefusedConfigException.class, () -> new ConfigReader(Map.of()).read(form));
    assertThat(refused.problems())
        .containsExactlyInAnyOrder(
            "--upstream must be a URL such as http://10.0.0.1:8080, without a path but was"
                + " \"10.0.0.1:8080\"",
            "--sessions-per-pod must be at least 1 but was 0",
            "--requests-per-second-per-pod must be at least 0.1 but was 0.01",
            "--max-in-flight-per-pod must be a whole number but was \"many\"",
            "--warm-up must be a duration such as 500ms, 2m or 1h30m but was \"now\"",
            "--start-at must be a number but was \"50%\"",
            "--survive-loss-of must be at least 0 but was -1",
            "--session-timeout must be a duration such as 500ms, 2m or 1h30m but was 2",
            "--host must be text but was \"\"",
            "--port must be at most 65535 but was 70000",
            "--ops-port must be at least 0 but was -1");
  }

  @Test
  void aWrongFlagOfTheProbeIsNamedToo() {
    QuickForm form =
        new QuickForm(
            Map.of(
                "--upstream", List.of("http://a"),
                "--sessions-per-pod", List.of("1"),
                "--probe-path", List.of("healthz"),
                "--probe-host", List.of("http://tickets.example"),
                "--probe-status", List.of("2xx")));
    RefusedConfigException refused =
        catchThrowableOfType(
            RefusedConfigException.class, () -> new ConfigReader(Map.of()).read(form));
    assertThat(refused.problems())
        .containsExactlyInAnyOrder(
            "--probe-path must be a path such as /healthz but was \"healthz\"",
            "--probe-host must be a name such as tickets.example, without a port but was"
                + " \"http://tickets.example\"",
            "--probe-status must be a status such as 204 or a range such as 200-399 but was"
                + " \"2xx\"");
  }

  @Test
  void aFileThatCannotBeReadIsNamed(@TempDir Path folder) throws IOException {
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', (byte) 0xE9});
    Path large = Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);
    Path none = folder.resolve("none.yaml");
    assertThat(problems(none)).containsExactly(none + " must be a file but does not exist");
    assertThat(problems(latin)).containsExactly(latin + " must be text in UTF-8 but is not");
    assertThat(problems(large)).containsExactly(large + " must be at most 1 MiB: is it the one?");
    assertThat(problems(folder)).containsExactly(folder + " must be a file but is a directory");
  }

  @Test
  void aFileOfKeysThatHoldsNoneIsRefusedAtItsLine(@TempDir Path folder) throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), "# none yet\n");
    String text = "upstreams: {a: {pods: [http://a], sessionsPerPod: 1}}\nrooms: {a: {}}\n";
    assertThat(problems(Map.of(), text + "keys: {file: " + keys + "}"))
        .containsExactly(
            "keys.file must hold keys but does not: There must be at least one key but was none;"
                + " \"usher key\" prints a new one (gateway.yaml:3)");
  }

  @Test
  void aServiceInTheOwnNamespaceIsTheSameWhetherThatIsNamedOrNot() {
    String text =
        """
        listen: {port: 8080}
        upstreams:
          a:
            kubernetes: {service: shop, readinessGate: true}
            sessionsPerPod: 1
            scaling: {floor: desired}
          b:
            kubernetes: {namespace: gate, service: shop}
            sessionsPerPod: 1
            scaling: {floor: try}
        rooms:
          a: {upstream: a, hosts: [a.example]}
          b: {upstream: b, hosts: [b.example]}
        """;
    assertThat(problems(Map.of("USHER_NAMESPACE", "gate"), text))
        .satisfiesExactly(
            gate -> assertThat(gate).startsWith("upstreams.a.kubernetes.readinessGate must be"),
            floor -> assertThat(floor).startsWith("upstreams.b.scaling.floor must be off"));
    assertThatCode(
            () ->
                new ConfigReader(Map.of("USHER_NAMESPACE", "elsewhere")).read("gateway.yaml", text))
        .doesNotThrowAnyException();
  }

  private static List<String> problems(Map<String, String> environment, String text) {
    return catchThrowableOfType(
            RefusedConfigException.class,
            () -> new ConfigReader(environment).read("gateway.yaml", text))
        .problems();
  }

  private static List<String> problems(Path file) {
    return catchThrowableOfType(
            RefusedConfigException.class, () -> new ConfigReader(Map.of()).read(file))
        .problems();
  }
}
