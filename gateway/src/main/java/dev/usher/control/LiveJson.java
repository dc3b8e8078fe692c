package dev.usher.control;

import dev.usher.store.upstream.LiveState;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is set for a room, as JSON for operators. */
public final class LiveJson {
  private LiveJson() {}

  public static JsonObject of(LiveState live) {
    return new JsonObject()
        .put("paused", live.paused())
        .put("soldOut", live.soldOut())
        .put("message", live.message().isEmpty() ? null : live.message())
        .put("sessions", limit(live.sessions()))
        .put("perMinute", limit(live.perMinute()))
        .put("since", live.at() == 0 ? null : Instant.ofEpochMilli(live.at()).toString());
  }

  private static @Nullable Long limit(long limit) {
    return limit == LiveState.UNLIMITED ? null : limit;
  }
}
