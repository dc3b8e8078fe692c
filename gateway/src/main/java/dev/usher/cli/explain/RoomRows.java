package dev.usher.cli.explain;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** A table of how many visitors wait and are inside, with a line for each room. */
final class RoomRows {
  private RoomRows() {}

  static String of(List<JsonObject> rooms) {
    StringBuilder out = new StringBuilder();
    for (JsonObject room : rooms) {
      out.append("Room ")
          .append(room.getString("room"))
          .append(": ")
          .append(counted(room.getLong("waiting", 0L), "waits", "wait"))
          .append(placeless(room))
          .append(", ")
          .append(counted(room.getLong("inside", 0L), "is inside", "are inside"))
          .append(".")
          .append(live(room))
          .append("\n");
      long standingBy = room.getLong("standingBy", 0L);
      if (standingBy > 0 && "good".equals(room.getString("store"))) {
        out.append(counted(standingBy, "stands by", "stand by"))
            .append(" here for a number. The store had lost the line, so whoever comes back with a")
            .append(" place of it comes first; numbers are given again, in the old order, at most")
            .append(" a window of presence after that.\n");
      }
      Double cutOff = room.getDouble("cutOffForSeconds");
      if (cutOff != null) {
        out.append("Hardly any of those who wait has been seen for ")
            .append(HumanNumbers.seconds(cutOff))
            .append(": look at what is before Usher (ingress, CDN, name, certificate).")
            .append(" Their places are kept.\n");
      }
    }
    return out.toString();
  }

  /** What operators have set; of a room that was never set, whether it is paused. */
  private static String live(JsonObject room) {
    JsonObject live = room.getJsonObject("live", new JsonObject());
    StringBuilder out = new StringBuilder();
    if (live.getBoolean("soldOut", false)) {
      out.append(" It is set to be sold out: nobody comes in until that is taken back.");
    } else if (room.getBoolean("paused", false)) {
      out.append(" It is paused: nobody comes in until it is resumed.");
    }
    Long sessions = live.getLong("sessions");
    if (sessions != null) {
      out.append(" An operator limits it to ").append(counted(sessions, "session.", "sessions."));
    }
    Long perMinute = live.getLong("perMinute");
    if (perMinute != null) {
      out.append(" An operator limits it to ")
          .append(counted(perMinute, "visitor a minute.", "visitors a minute."));
    }
    return out.toString();
  }

  private static String placeless(JsonObject room) {
    long asking = room.getLong("asking", 0L);
    return asking == 0
        ? ""
        : ", " + counted(asking, "is called and finds", "are called and find") + " no place";
  }

  static String counted(long count, String one, String more) {
    return HumanNumbers.whole(count) + " " + (count == 1 ? one : more);
  }
}
