package dev.usher.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;

/**
 * The schema of the gateway's configuration as Helm can read it: of an older draft, and with the
 * regular expressions of Go, which do not look around.
 */
final class ConfigSchema {
  /** Something must be there: the same as a first digit, where only digits can come first. */
  private static final String NOT_EMPTY = "(?=[0-9])";

  private static final String NO_DOTS = "(?!\\.{1,2}(/|$))";
  private static final String DOTS = "/\\.{1,2}(/|$)";

  private ConfigSchema() {}

  /** Puts the gateway's schema in its place in the values' schema. */
  static void embed(ObjectNode gateway, ObjectNode values) {
    ObjectNode config = gateway.deepCopy();
    values.set("$defs", forHelm(config.remove("$defs")));
    config.remove("$schema");
    config.remove("$id");
    config.remove("title");
    // The chart's own values name no upstream; one without is refused by the templates.
    config.remove("required");
    ((ObjectNode) values.get("properties")).set("config", forHelm(config));
  }

  private static JsonNode forHelm(JsonNode schema) {
    if (schema instanceof ObjectNode group) {
      // What begins with x- is for the gateway's own reader.
      for (Iterator<String> names = group.fieldNames(); names.hasNext(); ) {
        if (names.next().startsWith("x-")) {
          names.remove();
        }
      }
      if (group.path("pattern").isTextual()) {
        withoutLookingAround(group, group.get("pattern").textValue());
      }
      for (Map.Entry<String, JsonNode> entry : group.properties()) {
        forHelm(entry.getValue());
      }
    } else if (schema instanceof ArrayNode items) {
      items.forEach(ConfigSchema::forHelm);
    }
    return schema;
  }

  private static void withoutLookingAround(ObjectNode schema, String pattern) {
    if (pattern.contains(NOT_EMPTY)) {
      schema.put("minLength", 1);
    }
    if (pattern.contains(NO_DOTS)) {
      schema.putObject("not").put("pattern", DOTS);
    }
    String plain = pattern.replace(NOT_EMPTY, "").replace(NO_DOTS, "");
    if (plain.contains("(?")) {
      throw new IllegalStateException(
          "A pattern must do without looking around, which Helm cannot, but was " + pattern);
    }
    schema.put("pattern", plain);
  }
}
