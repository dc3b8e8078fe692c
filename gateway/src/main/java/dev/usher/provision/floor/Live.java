package dev.usher.provision.floor;

import dev.usher.provision.kubernetes.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object that says how many pods there are, as the API last showed it.
 *
 * @param object all of it
 */
record Live(JsonObject object) {
  /** The annotation of an object whose floor was raised. */
  static final String NOTE = "usher.dev/floor";

  String kind() {
    return Fields.text(object, "kind");
  }

  SizeFields fields() {
    return SizeFields.of(kind());
  }

  /** Which one it is, for people. */
  String named() {
    return Fields.named(kind(), object);
  }

  String meta(String name) {
    return Fields.text(Fields.in(object, "metadata"), name);
  }

  /** As written; null if it is left out. */
  @Nullable Integer min() {
    return Fields.in(object, "spec").getInteger(fields().min());
  }

  /** As written; null if it is left out. */
  @Nullable Integer max() {
    String max = fields().max();
    return max == null ? null : Fields.in(object, "spec").getInteger(max);
  }

  /** The least pods that there are. */
  int floor() {
    return effective(min());
  }

  int effective(@Nullable Integer min) {
    return min == null ? fields().minIfMissing() : min;
  }

  /** The most pods that there are. */
  int limit() {
    return effectiveLimit(max());
  }

  int effectiveLimit(@Nullable Integer max) {
    return max == null ? fields().maxIfMissing() : max;
  }

  /** The fields of its size that Usher owns. */
  List<String> ushers() {
    Set<String> owned = Ownership.ushers(managedFields());
    String max = fields().max();
    return (max == null ? List.of(fields().min()) : List.of(fields().min(), max))
        .stream().filter(field -> owned.contains("f:" + field)).toList();
  }

  boolean hasNote() {
    return !noteText().isEmpty();
  }

  /** What stands in its annotation; null if there is none, or none that can be read. */
  @Nullable FloorNote note() {
    return FloorNote.parse(noteText());
  }

  private String noteText() {
    return Fields.text(Fields.in(object, "metadata", "annotations"), NOTE);
  }

  JsonArray managedFields() {
    Object found = Fields.in(object, "metadata").getValue("managedFields");
    return found instanceof JsonArray list ? list : new JsonArray();
  }
}
