package dev.usher.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The chart as Helm renders it, for a release that is called "usher" in the namespace "gate". */
final class Chart {
  static final Path FOLDER = Path.of("usher");
  static final String RELEASE = "usher";
  static final String NAMESPACE = "gate";

  /** The least that the chart can be given; what a test is about comes on top. */
  static final String LEAST =
      """
      config:
        upstreams: {shop: {pods: ["http://10.0.0.1:8080"], sessionsPerPod: 100}}
        rooms: {concert: {title: City Concert}}
        store: {redis: {url: "redis://redis.example:6379"}}
      key: {existingSecret: usher-key}
      """;

  /** What is asked of the cluster, and where a test says what it would answer. */
  private static final Map<String, String> LOOKUPS =
      Map.of(
          "(lookup \"v1\" \"Secret\" .Release.Namespace $name)",
          "(dict)",
          "lookup \"apps/v1\" \"Deployment\" .Release.Namespace (include \"usher.name\" .)",
          "(.Values.global).deployment",
          "lookup \"autoscaling/v2\" \"HorizontalPodAutoscaler\" .Release.Namespace"
              + " (include \"usher.name\" .)",
          "(.Values.global).scaler",
          "lookup \"v1\" \"ConfigMap\" .Release.Namespace (include \"usher.name\" .)",
          "(.Values.global).configMap");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A copy that can be rendered whole, without a cluster: the pod of {@code helm test} is no hook,
   * because Helm does not show those, and what is looked up is told by {@code global}.
   */
  private static final Path COPY = copy();

  private Chart() {}

  /** What Helm makes of the chart with these values, one on top of the other. */
  static String text(String... values) {
    return text(COPY, values);
  }

  /** The same of another chart, which may include this one. */
  static String text(Path chart, String... values) {
    TemplateCommand template =
        new Helm(chart)
            .template()
            .withName(RELEASE)
            .withNamespace(NAMESPACE)
            // Otherwise it takes the cluster for one of years ago.
            .withKubeVersion("1.34.0");
    List<Path> files = new ArrayList<>();
    try {
      for (String text : values) {
        Path file = Files.createTempFile("values", ".yaml");
        files.add(file);
        template.withValuesFile(Files.writeString(file, text));
      }
      return template.call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      files.forEach(Chart::delete);
    }
  }

  /** The same as objects. */
  static Objects objects(String... values) {
    return parse(text(values));
  }

  static Objects parse(String text) {
    List<JsonNode> objects = new ArrayList<>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
      if (document != null) {
        objects.add(JSON.valueToTree(document));
      }
    }
    return new Objects(List.copyOf(objects));
  }

  /** Rendered objects, which can be asked for by kind and name. */
  record Objects(List<JsonNode> all) {
    List<JsonNode> ofKind(String kind) {
      return all.stream().filter(object -> object.path("kind").textValue().equals(kind)).toList();
    }

    boolean has(String kind) {
      return !ofKind(kind).isEmpty();
    }

    /** The one of this kind and name. */
    JsonNode one(String kind, String name) {
      List<JsonNode> found =
          ofKind(kind).stream()
              .filter(object -> object.at("/metadata/name").asText().equals(name))
              .toList();
      if (found.size() != 1) {
        throw new AssertionError(kind + " " + name + " must be there once but was " + found);
      }
      return found.get(0);
    }

    /** The Deployment of Usher. */
    JsonNode deployment() {
      return one("Deployment", RELEASE);
    }

    /** Its container. */
    JsonNode container() {
      return deployment().at("/spec/template/spec/containers/0");
    }
  }

  private static Path copy() {
    try {
      return copyTo(Files.createTempDirectory("chart"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts that copy there. */
  static Path copyTo(Path copy) {
    try (Stream<Path> found = Files.walk(FOLDER)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(FOLDER.relativize(file));
        Files.createDirectories(target.getParent());
        String text = Files.readString(file).replace("\"helm.sh/hook\"", "\"no/hook\"");
        for (Map.Entry<String, String> lookup : LOOKUPS.entrySet()) {
          text = text.replace(lookup.getKey(), lookup.getValue());
        }
        Files.writeString(target, text);
        target.toFile().deleteOnExit();
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
