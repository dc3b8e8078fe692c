package dev.usher.ops;

import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.doorkeeper.VirtualLine;
import dev.usher.room.Room;
import dev.usher.room.Spared;
import dev.usher.words.EnumWords;
import io.vertx.core.json.JsonObject;

/** What guarding would do in a room that only watches, or would have done, as JSON. */
final class ObservedJson {
  private ObservedJson() {}

  static JsonObject of(Room room, Doorkeeper doorkeeper) {
    VirtualLine.Told line = doorkeeper.wouldBe();
    JsonObject spared = new JsonObject();
    for (Spared.What what : Spared.What.values()) {
      spared.put(EnumWords.lower(what), room.watching().spared().times(what));
    }
    return new JsonObject()
        .put("sessions", room.counters().beganWhileObserving())
        .put("wouldWait", line.waiting())
        .put("wouldHaveHeld", line.held())
        .put("longestWaitSeconds", line.longestMillis() / 1000.0)
        .put("spared", spared);
  }

  static String mode(Room room) {
    return room.watching().isOn() ? "observe" : "guard";
  }
}
