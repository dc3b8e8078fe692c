package dev.usher.provision.kubernetes;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Reads fields of an object that may be missing. */
public final class Fields {
  private Fields() {}

  /** The object in an object, empty where it is missing. */
  public static JsonObject in(JsonObject object, String... path) {
    JsonObject at = object;
    for (String name : path) {
      at = at.getValue(name) instanceof JsonObject inner ? inner : new JsonObject();
    }
    return at;
  }

  /** A field as text, "" where it is missing. */
  public static String text(JsonObject object, String name) {
    Object value = object.getValue(name);
    return value == null ? "" : value.toString();
  }

  /** The objects of a list, none where it is missing. */
  public static List<JsonObject> all(JsonObject object, String name) {
    List<JsonObject> all = new ArrayList<>();
    if (object.getValue(name) instanceof JsonArray list) {
      list.forEach(
          each -> {
            if (each instanceof JsonObject inner) {
              all.add(inner);
            }
          });
    }
    return all;
  }

  /** The object's name, with its kind. */
  public static String named(String kind, JsonObject object) {
    JsonObject metadata = in(object, "metadata");
    return kind + " " + text(metadata, "namespace") + "/" + text(metadata, "name");
  }
}
