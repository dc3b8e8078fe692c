package dev.usher.provision.floor;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What is to be done with an object now: nothing, or one request that changes it whole. */
sealed interface FloorStep {
  /** How it stands after that. */
  FloorStanding standing();

  /** The request's body; null if nothing is to be done. */
  @Nullable String patch(Live live);

  /** Nothing is to be done. */
  record Rest(FloorStanding standing) implements FloorStep {
    @Override
    public @Nullable String patch(Live live) {
      return null;
    }
  }

  /**
   * A merge patch of values together with the annotation.
   *
   * @param spec the fields; null for one that goes
   */
  record Write(JsonObject spec, FloorNote note, FloorStanding standing) implements FloorStep {
    @Override
    public String patch(Live live) {
      JsonObject annotations = new JsonObject().put(Live.NOTE, note.text());
      return new JsonObject()
          .put(
              "metadata",
              new JsonObject()
                  .put("resourceVersion", live.meta("resourceVersion"))
                  .put("annotations", annotations))
          .put("spec", spec)
          .encode();
    }
  }

  /**
   * A JSON patch that takes the annotation away, and with it all that Usher owns. No value may
   * change by it: who changes one owns it again.
   *
   * @param limitStays whether the limit stays as Usher raised it, for somebody's floor needs it
   */
  record Release(JsonArray managedFields, boolean limitStays) implements FloorStep {
    @Override
    public FloorStanding standing() {
      return FloorStanding.GIVING_BACK;
    }

    @Override
    public String patch(Live live) {
      return JsonArray.of(
              op("test", "/metadata/resourceVersion", live.meta("resourceVersion")),
              new JsonObject()
                  .put("op", "remove")
                  .put("path", "/metadata/annotations/" + Live.NOTE.replace("/", "~1")),
              op("replace", "/metadata/managedFields", managedFields))
          .encode();
    }

    private static JsonObject op(String op, String path, Object value) {
      return new JsonObject().put("op", op).put("path", path).put("value", value);
    }
  }
}
