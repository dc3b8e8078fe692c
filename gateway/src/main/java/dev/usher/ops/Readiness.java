package dev.usher.ops;

import dev.usher.room.Doorkeeper;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Whether new visitors may be sent to this replica, and if not, why. */
final class Readiness {
  /** Fifteen refreshes missed: no hiccup of the store any more. */
  static final Duration STALE = Duration.ofSeconds(3);

  private final Watched watched;

  Readiness(Watched watched) {
    this.watched = watched;
  }

  /** Why this replica is not ready; empty when it is. */
  JsonArray complaints() {
    JsonArray complaints = new JsonArray();
    if (watched.draining().getAsBoolean()) {
      complaints.add(new JsonObject().put("reason", "draining"));
    }
    long now = watched.clock().getAsLong();
    for (Doorkeeper doorkeeper : watched.doorkeepers()) {
      long read = doorkeeper.refreshedAt();
      if (read == 0) {
        complaints.add(about(doorkeeper, "line_never_read"));
      } else if (now - read > STALE.toMillis()) {
        complaints.add(
            about(doorkeeper, "line_is_stale").put("lineAgeSeconds", (now - read) / 1000.0));
      }
    }
    return complaints;
  }

  private static JsonObject about(Doorkeeper doorkeeper, String reason) {
    return new JsonObject().put("reason", reason).put("upstream", doorkeeper.upstream());
  }
}
