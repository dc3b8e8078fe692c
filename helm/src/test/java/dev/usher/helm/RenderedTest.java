package dev.usher.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.config.ConfigReader;
import dev.usher.config.schema.RefusedConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What must hold of everything that the chart renders, whatever it was told. */
final class RenderedTest {
  private static final Path RESOURCES = Path.of("src/test/resources");

  /** The files of values, each with its golden file. */
  @SuppressWarnings("unused") // by name, in @FieldSource
  private static final List<String> CASES =
      List.of("least", "first-try", "alone", "everything", "kubernetes", "openshift");

  /** Kinds that the restricted Pod Security Standard looks at. */
  private static final List<String> WITH_PODS = List.of("Deployment", "Pod");

  /** Kinds that lie where the pods of the upstream are. */
  private static final List<String> THERE = List.of("Role", "RoleBinding", "ScaledObject");

  @ParameterizedTest
  @FieldSource("CASES")
  void whatIsRenderedIsTheGoldenFile(String name) throws IOException {
    Golden.assertIs(RESOURCES.resolve("golden/" + name + ".yaml"), Chart.text(values(name)));
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void everyContainerKeepsTheRestrictedStandard(String name) throws IOException {
    Chart.Objects objects = Chart.objects(values(name));
    for (String kind : WITH_PODS) {
      objects.ofKind(kind).forEach(RenderedTest::assertRestricted);
    }
    assertThat(objects.all())
        .filteredOn(object -> object.findValue("containers") != null)
        .allMatch(object -> WITH_PODS.contains(object.get("kind").textValue()));
  }

  private static void assertRestricted(JsonNode object) {
    JsonNode pod =
        object.path("kind").asText().equals("Pod") ? object : object.at("/spec/template");
    JsonNode spec = pod.get("spec");
    JsonNode all = spec.get("securityContext");
    assertThat(all.get("runAsNonRoot").booleanValue()).isTrue();
    // Or the image's own user, or the platform's.
    assertThat(all.path("runAsUser").asInt(65532)).isEqualTo(65532);
    assertThat(all.at("/seccompProfile/type").textValue()).isEqualTo("RuntimeDefault");
    for (String field : List.of("hostNetwork", "hostPID", "hostIPC", "initContainers")) {
      assertThat(spec.has(field)).as(field).isFalse();
    }
    for (JsonNode container : spec.get("containers")) {
      JsonNode own = container.get("securityContext");
      assertThat(own.get("allowPrivilegeEscalation").booleanValue()).isFalse();
      assertThat(own.get("readOnlyRootFilesystem").booleanValue()).isTrue();
      assertThat(own.at("/capabilities").toString()).isEqualTo("{\"drop\":[\"ALL\"]}");
      assertThat(container.at("/resources/limits/memory").isMissingNode()).isFalse();
      assertThat(container.findValue("hostPort")).isNull();
    }
    for (JsonNode volume : spec.path("volumes")) {
      assertThat(volume.findValue("hostPath")).isNull();
    }
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void everyObjectSaysWhoseItIsAndLiesInItsNamespace(String name) throws IOException {
    for (JsonNode object : Chart.objects(values(name)).all()) {
      JsonNode meta = object.get("metadata");
      boolean there = THERE.contains(object.get("kind").textValue());
      if (!there || !meta.get("namespace").textValue().equals("tea")) {
        assertThat(meta.get("namespace").textValue()).isEqualTo(Chart.NAMESPACE);
      }
      assertThat(meta.at("/labels/app.kubernetes.io~1instance").textValue())
          .isEqualTo(Chart.RELEASE);
      assertThat(meta.at("/labels/app.kubernetes.io~1name").textValue()).isEqualTo("usher");
    }
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void theGatewayUnderstandsTheConfigurationThatIsRendered(String name, @TempDir Path folder)
      throws IOException, RefusedConfigException {
    String values = values(name);
    Path file = folder.resolve("gateway.yaml");
    JsonNode map = Chart.objects(values).ofKind("ConfigMap").get(0);
    for (Map.Entry<String, JsonNode> each : map.get("data").properties()) {
      Files.writeString(folder.resolve(each.getKey()), each.getValue().textValue());
    }
    // The secrets that it names are in the pods only.
    Path pair = folder.resolve("pair.pem");
    PemPair.writeTo(pair);
    String readable =
        Files.readString(file)
            .replaceAll("/etc/usher-[a-z]*/[a-z.]*", pair.toString())
            .replace("/etc/usher/", folder + "/");
    Files.writeString(file, readable);
    String key = "k1:" + "A".repeat(43);
    assertThat(new ConfigReader(Map.of("USHER_KEY", key)).read(file).rooms()).isNotEmpty();
  }

  @Test
  void nothingIsRenderedThatNobodyAskedFor() {
    assertThat(Chart.objects(Chart.LEAST).all())
        .extracting(object -> object.get("kind").textValue())
        .containsExactlyInAnyOrder(
            "ServiceAccount",
            "ConfigMap",
            "Service",
            "Service",
            "Deployment",
            "PodDisruptionBudget",
            "Pod");
  }

  private static String values(String name) throws IOException {
    return Files.readString(RESOURCES.resolve("values/" + name + ".yaml"));
  }
}
