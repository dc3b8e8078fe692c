package dev.usher.provision.floor;

import dev.usher.provision.kubernetes.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Who owns which field of an object, as its {@code managedFields} say. Whoever changes a value
 * becomes its owner, and the next apply of the one who was is refused: so ownership is given back
 * as well.
 */
final class Ownership {
  /** The name by which Usher owns fields. */
  static final String USHER = "usher";

  /** What tells one entry from another. */
  private static final List<String> IDENTITY =
      List.of("manager", "operation", "apiVersion", "subresource");

  private static final String FIELDS = "fieldsV1";
  private static final String SPEC = "f:spec";

  private Ownership() {}

  /** The entries of others that own a field of the {@code spec}, without what they own. */
  static JsonArray others(JsonArray managed, String field) {
    JsonArray others = new JsonArray();
    for (JsonObject entry : entries(managed)) {
      if (!isUshers(entry) && Fields.in(entry, FIELDS, SPEC).containsKey("f:" + field)) {
        JsonObject owner = entry.copy();
        owner.remove(FIELDS);
        others.add(owner);
      }
    }
    return others;
  }

  /** The names of those, "" for nobody. */
  static String names(JsonArray managed, String field) {
    return String.join(
        ", ",
        entries(others(managed, field)).stream()
            .map(each -> Fields.text(each, "manager"))
            .toList());
  }

  /** The fields of the {@code spec} that Usher owns. */
  static Set<String> ushers(JsonArray managed) {
    for (JsonObject entry : entries(managed)) {
      if (isUshers(entry)) {
        return Set.copyOf(Fields.in(entry, FIELDS, SPEC).fieldNames());
      }
    }
    return Set.of();
  }

  /**
   * The entries without Usher's, and with each field that Usher owned back at those who had it.
   *
   * @param owners by field, what {@link #others} said before Usher wrote it
   */
  static JsonArray givenBack(JsonArray managed, JsonObject owners) {
    Set<String> ours = ushers(managed);
    List<JsonObject> entries = new ArrayList<>();
    entries(managed).stream().filter(e -> !isUshers(e)).map(JsonObject::copy).forEach(entries::add);
    for (String field : owners.fieldNames()) {
      if (ours.contains("f:" + field)) {
        Fields.all(owners, field).forEach(owner -> give(entries, owner, "f:" + field));
      }
    }
    return new JsonArray(entries);
  }

  private static void give(List<JsonObject> entries, JsonObject owner, String field) {
    for (JsonObject entry : entries) {
      if (IDENTITY.stream().allMatch(is -> Fields.text(entry, is).equals(Fields.text(owner, is)))) {
        put(entry, field);
        return;
      }
    }
    // It had nothing else, so its entry went with the field.
    JsonObject entry = owner.copy().put(FIELDS, new JsonObject());
    put(entry, field);
    entries.add(entry);
  }

  private static void put(JsonObject entry, String field) {
    JsonObject fields = Fields.in(entry, FIELDS);
    JsonObject spec = Fields.in(fields, SPEC);
    entry.put(FIELDS, fields.put(SPEC, spec.put(field, new JsonObject())));
  }

  private static boolean isUshers(JsonObject entry) {
    return Fields.text(entry, "manager").equals(USHER);
  }

  private static List<JsonObject> entries(JsonArray managed) {
    return Fields.all(new JsonObject().put("all", managed), "all");
  }
}
