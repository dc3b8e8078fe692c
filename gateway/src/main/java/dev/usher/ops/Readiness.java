package dev.usher.ops;

import dev.usher.admission.PodsSeen;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.pods.roster.Roster;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Whether new visitors may be sent to this replica, and if not, why. Safe for any thread. */
final class Readiness {
  private final Running running;
  private volatile boolean wasReady;
  private volatile boolean open;

  Readiness(Running running) {
    this.running = running;
  }

  /** Notes that the visitors' port is open. */
  void open() {
    open = true;
  }

  /** Why this replica is not ready; empty if it is. */
  JsonArray complaints() {
    JsonArray complaints = new JsonArray();
    if (running.draining().getAsBoolean()) {
      complaints.add(new JsonObject().put("reason", "draining"));
    }
    if (wasReady) {
      return complaints;
    }
    if (!open) {
      complaints.add(new JsonObject().put("reason", "port_not_open"));
    }
    for (Roster pods : running.pods()) {
      // A replica that does not know the pods has nowhere to send anybody.
      if (pods.age() == PodsSeen.NEVER_HEARD) {
        complaints.add(about(pods.name(), "pods_never_read"));
      }
    }
    for (Doorkeeper doorkeeper : running.doorkeepers()) {
      // Rooms that only watch need no line.
      boolean needsIt =
          doorkeeper.rooms().isEmpty()
              || doorkeeper.rooms().stream().anyMatch(room -> !room.watching().isOn());
      if (doorkeeper.refreshedAt() == 0 && needsIt) {
        complaints.add(about(doorkeeper.upstream(), "line_never_read"));
      }
    }
    // A line that was read but has become old is the store's trouble, and every replica's at once:
    // being unready then would also cut off admitted visitors, who need no store. The same goes for
    // an upstream that was added to the configuration since and whose pods nobody finds.
    wasReady = complaints.isEmpty();
    return complaints;
  }

  private static JsonObject about(String upstream, String reason) {
    return new JsonObject().put("reason", reason).put("upstream", upstream);
  }
}
