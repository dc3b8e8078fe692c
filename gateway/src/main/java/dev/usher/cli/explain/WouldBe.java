package dev.usher.cli.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** What guarding would have done in rooms that only watch, for people to read. */
final class WouldBe {
  private WouldBe() {}

  /** Whole lines; empty if every room guards. */
  static String of(List<JsonObject> rooms) {
    StringBuilder text = new StringBuilder();
    for (JsonObject room : rooms) {
      if ("observe".equals(room.getString("mode"))) {
        text.append(
            String.format(
                "Room %s only watches (mode: observe): everyone goes on, whatever is said below.\n",
                room.getString("room")));
        text.append(spared(room.getJsonObject("observed").getJsonObject("spared")));
      }
    }
    return text.length() == 0 ? "" : text.append(line(rooms.get(0))).toString();
  }

  private static String line(JsonObject room) {
    if (!room.getBoolean("leader", true)) {
      return "Whom guarding would have held is reckoned by the replica that leads: ask it.\n";
    }
    JsonObject observed = room.getJsonObject("observed");
    JsonObject admission = room.getJsonObject("admission", new JsonObject());
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Guarding would have held %,d people, at most %s, %,d of them now; capacity %,d",
                observed.getLong("wouldHaveHeld", 0L),
                HumanNumbers.time(Math.round(observed.getDouble("longestWaitSeconds", 0.0))),
                observed.getLong("wouldWait", 0L),
                admission.getLong("capacity", 0L)));
    JsonArray pods = admission.getJsonArray("pods", new JsonArray());
    for (int i = 0; i < pods.size(); i++) {
      JsonObject pod = pods.getJsonObject(i);
      long seconds = Math.round(pod.getDouble("beyondShareSeconds", 0.0));
      if (seconds > 0) {
        text.append("; ").append(pod.getString("pod")).append(" over its cap for ");
        text.append(HumanNumbers.time(seconds));
      }
    }
    return text.append(".\n").toString();
  }

  private static String spared(JsonObject spared) {
    StringBuilder text = new StringBuilder();
    for (String what : spared.fieldNames()) {
      long times = spared.getLong(what, 0L);
      if (times > 0) {
        text.append(text.isEmpty() ? "" : ", ");
        text.append(String.format(Locale.ROOT, "%,d %s (%s)", times, words(what), what));
      }
    }
    return text.isEmpty()
        ? ""
        : "Of its requests to this replica guarding would have held back or refused: "
            + text
            + ".\n";
  }

  private static String words(String what) {
    return switch (what) {
      case "not_joined" -> "without a pass or a place in the line";
      case "too_many_join" -> "of newcomers whose address sends too many";
      case "too_many_of_network" -> "of newcomers whose network sends too many";
      case "pass_shared" -> "with a pass that is used from many networks";
      case "no_slot" -> "for which no pod had a slot";
      case "too_many_at_once" -> "beside too many others of their session";
      case "too_many_from_address" -> "outside the rooms, beside too many others of their address";
      case "too_many_strangers" -> "without a session, beside too many others without one";
      case "streams_full" -> "that are one stream too many";
      default -> "for another reason";
    };
  }
}
