package dev.usher.cli.drill.crowd;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What Usher told a visitor about their place.
 *
 * @param state waiting, called, admitted or none
 * @param position place in the line, -1 if not told
 * @param askAgainIn seconds until the next question, -1 if not told
 */
record PlaceAnswer(String state, long position, double askAgainIn) {
  /** Reads the answer's JSON; null if it is not JSON of that kind. */
  static @Nullable PlaceAnswer of(String json) {
    try {
      JsonObject told = new JsonObject(json);
      return new PlaceAnswer(
          told.getString("state", "none"),
          told.getLong("position", -1L),
          told.getDouble("retryAfterSeconds", -1.0));
    } catch (DecodeException | ClassCastException notJson) {
      return null;
    }
  }
}
