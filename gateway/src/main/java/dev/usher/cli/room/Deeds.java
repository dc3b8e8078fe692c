package dev.usher.cli.room;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Says in words what was done with a room. */
final class Deeds {
  private Deeds() {}

  static String inWords(JsonObject told) {
    boolean dry = told.getBoolean("dryRun", false);
    long touches = told.getLong("touches", 0L);
    String people = touches == 1 ? "1 person" : touches + " people";
    String room = told.getString("room", "");
    String action = told.getString("action", "");
    String first = dry ? "This would touch " + people : "Done: it touches " + people;
    JsonObject now = told.getJsonObject("new", new JsonObject());
    if (action.equals("reset")) {
      return first + (dry ? "." : ". The line of room " + room + " begins anew.");
    }
    return first + ". Room " + room + (dry ? " would be " : " is ") + state(now) + ".";
  }

  private static String state(JsonObject now) {
    List<String> parts = new ArrayList<>();
    if (now.getBoolean("soldOut", false)) {
      parts.add("sold out");
    }
    if (now.getBoolean("paused", false)) {
      parts.add("paused");
    }
    if (now.getLong("sessions") != null) {
      parts.add("limited to " + now.getLong("sessions") + " sessions");
    }
    if (now.getLong("perMinute") != null) {
      parts.add("limited to " + now.getLong("perMinute") + " visitors a minute");
    }
    String all = parts.isEmpty() ? "open, without limits" : String.join(", ", parts);
    String message = now.getString("message");
    return message == null ? all : all + ", and says \"" + message + "\"";
  }
}
