package dev.usher.cli.drill.crowd;

import dev.usher.forecast.WaitRange;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What Usher told a visitor about their place.
 *
 * @param state waiting, called, admitted or none
 * @param position place in the line, -1 if not told
 * @param askAgainIn seconds until the next question, -1 if not told
 * @param range how long the visitor waits; null if not told
 */
record PlaceAnswer(String state, long position, double askAgainIn, @Nullable WaitRange range) {
  /** Reads the answer's JSON; null if it is not JSON of that kind. */
  static @Nullable PlaceAnswer of(String json) {
    try {
      JsonObject told = new JsonObject(json);
      return new PlaceAnswer(
          told.getString("state", "none"),
          told.getLong("position", -1L),
          told.getDouble("retryAfterSeconds", -1.0),
          range(told));
    } catch (DecodeException | ClassCastException | IllegalArgumentException notJson) {
      return null;
    }
  }

  private static @Nullable WaitRange range(JsonObject told) {
    Long to = told.getLong("waitToSeconds");
    // Before an opening it begins at that time, which a drill does not count to.
    return to == null || told.containsKey("opensAt")
        ? null
        : new WaitRange(1000 * told.getLong("waitFromSeconds", 0L), 1000 * to);
  }
}
