package dev.usher.docs;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every setting that a JSON schema has, as the names on the way to it; "*" is a name to choose. */
final class SchemaPaths {
  private static final String CHOSEN = "*";

  private final Set<List<String>> paths = new HashSet<>();
  private final JsonObject definitions;

  private SchemaPaths(JsonObject schema) {
    definitions = schema.getJsonObject("$defs", new JsonObject());
    add(schema, List.of());
  }

  static SchemaPaths configuration() {
    return of("gateway/src/main/resources/usher.schema.json");
  }

  static SchemaPaths chart() {
    return of("helm/usher/values.schema.json");
  }

  private static SchemaPaths of(String file) {
    Path path = Page.ROOT.resolve(file);
    return new SchemaPaths(new JsonObject(Page.read(path).text()));
  }

  private void add(JsonObject schema, List<String> way) {
    String ref = schema.getString("$ref");
    if (ref != null) {
      add(definitions.getJsonObject(ref.substring(ref.lastIndexOf('/') + 1)), way);
    }
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String name : properties.fieldNames()) {
      List<String> to = Stream.concat(way.stream(), Stream.of(name)).toList();
      paths.add(to);
      add(properties.getJsonObject(name), to);
    }
    List<String> chosen = Stream.concat(way.stream(), Stream.of(CHOSEN)).toList();
    if (schema.getValue("additionalProperties") instanceof JsonObject any) {
      add(any, chosen);
    }
    JsonObject patterns = schema.getJsonObject("patternProperties", new JsonObject());
    patterns.fieldNames().forEach(name -> add(patterns.getJsonObject(name), chosen));
    if (schema.getValue("items") instanceof JsonObject item) {
      add(item, way);
    }
  }

  Set<String> names() {
    return paths.stream().flatMap(List::stream).collect(Collectors.toSet());
  }

  /** Whether a path ends so. */
  boolean haveEnd(List<String> end) {
    return paths.stream()
        .anyMatch(
            path ->
                path.size() >= end.size()
                    && same(path.subList(path.size() - end.size(), path.size()), end));
  }

  /** Whether anything is known of what stands below; else it is others' to say. */
  boolean haveBelow(List<String> way) {
    return paths.stream()
        .anyMatch(
            path ->
                IntStream.range(0, path.size() - way.size())
                    .anyMatch(i -> same(path.subList(i, i + way.size()), way)));
  }

  /** A name to choose may be any. */
  private static boolean same(List<String> path, List<String> end) {
    return IntStream.range(0, end.size())
        .allMatch(i -> path.get(i).equals(end.get(i)) || path.get(i).equals(CHOSEN));
  }
}
