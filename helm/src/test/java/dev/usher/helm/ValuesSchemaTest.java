package dev.usher.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ValuesSchemaTest {
  private static final Path FILE = Chart.FOLDER.resolve("values.schema.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where anything may be written, because Kubernetes itself says what is right there. */
  private static final Set<String> FREE =
      Set.of(
          "global",
          "extraEnv[].valueFrom",
          "networkPolicy.opsFrom[].podSelector",
          "networkPolicy.opsFrom[].namespaceSelector",
          "networkPolicy.opsFrom[].ipBlock",
          "networkPolicy.extraEgress[].to[]",
          "networkPolicy.extraEgress[].ports[]",
          "pods.affinity.nodeAffinity",
          "pods.affinity.podAffinity",
          "pods.affinity.podAntiAffinity");

  @Test
  void theSchemaOfConfigIsThatOfTheGateway() throws IOException {
    ObjectNode values = (ObjectNode) JSON.readTree(Files.readString(FILE));
    ConfigSchema.embed(gateway(), values);
    DefaultPrettyPrinter.Indenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    Golden.assertIs(FILE, JSON.writer(printer).writeValueAsString(values) + "\n");
  }

  @Test
  void unknownKeysAreRefusedEverywhere() throws IOException {
    List<String> open = new ArrayList<>();
    findOpen("", JSON.readTree(Files.readString(FILE)), open);
    assertThat(open).containsExactlyInAnyOrderElementsOf(FREE);
  }

  private static void findOpen(String path, JsonNode schema, List<String> open) {
    if (schema.path("type").toString().contains("object") && !schema.has("additionalProperties")) {
      open.add(path);
    }
    String dot = path.isEmpty() ? "" : path + ".";
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      findOpen(dot + property.getKey(), property.getValue(), open);
    }
    for (Map.Entry<String, JsonNode> definition : schema.path("$defs").properties()) {
      findOpen("$defs." + definition.getKey(), definition.getValue(), open);
    }
    if (schema.has("items")) {
      findOpen(path + "[]", schema.get("items"), open);
    }
  }

  private static ObjectNode gateway() throws IOException {
    try (InputStream in = ValuesSchemaTest.class.getResourceAsStream("/usher.schema.json")) {
      return (ObjectNode) JSON.readTree(Objects.requireNonNull(in));
    }
  }
}
