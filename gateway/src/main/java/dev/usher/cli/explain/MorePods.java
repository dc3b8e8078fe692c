package dev.usher.cli.explain;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The advice whether more pods would help, and whether anybody adds them. */
final class MorePods {
  /** Time in which whoever adds pods looks four times. */
  private static final double ASKED_SECONDS = 60;

  /** Time within which the first requested pod is there, if it comes at all. */
  private static final long PATIENCE_SECONDS = 25;

  /** Who needs the pods, by the reason. */
  private static final Map<String, String> WHO =
      Map.of(
          "queue", "those who wait",
          "sessions", "those who are inside",
          "schedule", "what is to come");

  private MorePods() {}

  /**
   * The advice, in whole lines after an empty one; "" if there are enough pods.
   *
   * @param room the room as the ops port describes it
   */
  static String of(JsonObject room) {
    JsonObject scaling = room.getJsonObject("scaling");
    return scaling == null ? "" : advice(room, scaling) + raised(scaling.getJsonObject("raise"));
  }

  /** How the floor that Usher may raise stands, if a person should know. */
  private static String raised(@Nullable JsonObject raise) {
    if (raise == null) {
      return "";
    }
    String object = raise.getString("object", "");
    String problem = raise.getString("problem");
    if (problem != null) {
      return said(
          "The floor does not stand as it should%s: %s. What to do: %s.",
          object.isEmpty() ? "" : " (" + object + ")", problem, raise.getString("fix"));
    }
    return raise.getBoolean("raised", false)
        ? said("Usher keeps %s at %,d pods or more.", object, raise.getInteger("floor"))
        : "";
  }

  private static String advice(JsonObject room, JsonObject scaling) {
    String reason = scaling.getString("reason", "");
    int known = scaling.getInteger("known", 0);
    int needed = scaling.getInteger("needed", 0);
    if (needed > known) {
      String who = WHO.containsKey(reason) ? " for " + WHO.get(reason) : "";
      return said(
          "More pods would help: upstream %s needs %,d%s, and there %s %,d. %s",
          room.getString("upstream"),
          needed,
          who,
          known == 1 ? "is" : "are",
          known,
          whoAdds(scaling, room.getString("upstream")));
    }
    return switch (reason) {
      case "max" ->
          said(
              "More pods would help: %,d, but no more than %,d are asked for"
                  + " (upstreams.%s.scaling.max).",
              most(scaling), needed, room.getString("upstream"));
      case "pods_add_no_capacity" ->
          said(
              "More than %,d pods are not asked for, because the last ones that came bore no more:"
                  + " look at what they share, a database as a rule.",
              needed);
      default -> "";
    };
  }

  private static String whoAdds(JsonObject scaling, String upstream) {
    if (!scaling.getBoolean("grows", true)) {
      return "Its pods are a list in the file, which no autoscaler follows: start more, and add"
          + " them to upstreams."
          + upstream
          + ".pods.";
    }
    Double asked = scaling.getDouble("askedSecondsAgo");
    long waited = scaling.getLong("shortSeconds", 0L);
    if (asked == null || asked > ASKED_SECONDS) {
      return "Nobody asks this replica how many it should be, "
          + (asked == null ? "and nobody ever has" : "not for " + Math.round(asked) + " s")
          + ": let KEDA or an HPA read /api/upstreams/"
          + upstream
          + "/desired-replicas (docs/scaling.md), or add them yourself.";
    }
    return waited < PATIENCE_SECONDS
        ? "They are asked for, and may come any moment."
        : "They are asked for, and for "
            + waited
            + " s none has come: usher check --kubernetes says what keeps the autoscaler from it"
            + " (or kubectl describe hpa, scaledobject).";
  }

  private static int most(JsonObject scaling) {
    return Math.max(
        Math.max(scaling.getInteger("queue", 0), scaling.getInteger("schedule", 0)),
        scaling.getInteger("sessions", 0));
  }

  private static String said(String words, Object... values) {
    return "\n" + String.format(Locale.ROOT, words, values) + "\n";
  }
}
