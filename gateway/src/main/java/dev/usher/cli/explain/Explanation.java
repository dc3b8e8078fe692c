package dev.usher.cli.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The explanation why nobody more comes in to the rooms of one upstream, for people to read. */
final class Explanation {
  /** A view of the line that is older than this says more about the store than about the pods. */
  private static final double OLD_SECONDS = 3;

  /** What happened longer ago than this no longer counts as recent. */
  private static final double LATELY_SECONDS = 600;

  /** Width of the text beside a name. */
  private static final int WIDTH = 87;

  private final StringBuilder out = new StringBuilder();

  /** The share of requests without a session from which on they are worth a line. */
  private static final double ROOMLESS_SHARE = 1.0 / 3;

  private Explanation() {}

  /**
   * The explanation, in whole lines.
   *
   * @param rooms rooms as the ops port describes them, at least one, all of the same upstream
   */
  static String of(List<JsonObject> rooms) {
    Explanation explanation = new Explanation();
    JsonObject any = rooms.get(0);
    JsonObject admission = any.getJsonObject("admission", new JsonObject());
    explanation.store(rooms);
    explanation.out.append(RoomRows.of(rooms));
    explanation.out.append(WouldBe.of(rooms));
    explanation.why(rooms, admission);
    explanation.capacity(any, admission);
    explanation.traffic(admission);
    explanation.doubts(admission);
    explanation.roomless(any, admission);
    explanation.shared(rooms);
    explanation.out.append(StickyCost.of(admission));
    explanation.out.append(MorePods.of(any));
    explanation.line("");
    JsonArray pods = admission.getJsonArray("pods", new JsonArray());
    explanation.out.append(PodRows.of(pods)).append(NotReady.of(pods));
    explanation.out.append(WarmUpWords.of(admission));
    explanation.line("");
    explanation.line(new Advising(admission).sentence());
    return explanation.out.toString();
  }

  /** The store comes first: without it nothing else matters. */
  private void store(List<JsonObject> rooms) {
    JsonObject room = rooms.get(0);
    boolean watched = isWatched(rooms);
    String contact = room.getString("store", "good");
    Double age = room.getDouble("lineAgeSeconds");
    String old =
        age == null
            ? " This replica has never read the line."
            : age > OLD_SECONDS
                ? String.format(
                    Locale.ROOT, " What this replica knows of the line is %.0f s old.", age)
                : "";
    switch (contact) {
      case "away" ->
          line(
              "The store does not answer: %s%s See store_unavailable in the log for what to do.",
              watched
                  ? "rooms only watch, so everyone goes on, and is counted when it is back."
                  : "nobody new comes in until it does (where onStoreLoss is share a few do),"
                      + " nobody loses a place, and "
                      + standBy(rooms)
                      + " here.",
              old);
      case "settling" ->
          line(
              "The store answers, and is given back what it lost: %s.%s",
              watched ? "rooms only watch, so everyone goes on" : "nobody comes in for some 3 s",
              old);
      default -> {
        if (!old.isEmpty()) {
          line(
              "%s While the store does not answer, %s: look at it.",
              old.strip(), watched ? "sessions are not counted" : "nobody comes in");
        }
      }
    }
    if (out.length() > 0) {
      line("");
    }
  }

  private static String standBy(List<JsonObject> rooms) {
    return RoomRows.counted(
        rooms.stream().mapToLong(room -> room.getLong("standingBy", 0L)).sum(),
        "stands by",
        "stand by");
  }

  /** Whether none of the upstream's rooms guards. */
  private static boolean isWatched(List<JsonObject> rooms) {
    return rooms.stream().allMatch(room -> "observe".equals(room.getString("mode")));
  }

  private void why(List<JsonObject> rooms, JsonObject admission) {
    JsonObject room = rooms.get(0);
    String reason = admission.getString("reason", "");
    line("");
    boolean guarded = !isWatched(rooms) || reason.equals("nobody_waits");
    line("%s%s (%s)", guarded ? "" : "If it guarded: ", LimitWords.reason(reason), reason);
    if (room.getBoolean("leader", false)) {
      line("This replica leads: so it is decided.");
    } else if (room.getString("store", "good").equals("away")) {
      line("Which replica leads is not known while the store is away: so this one would decide.");
    } else {
      line("Another replica leads: so this one would decide. Ask the one where usher_leader is 1.");
    }
  }

  private void doubts(JsonObject admission) {
    Map<String, String> doubts = Doubts.of(admission);
    if (!doubts.isEmpty()) {
      line("");
      line("Why the pods are not given all that is declared:");
      doubts.forEach(this::wrapped);
    }
  }

  /** Adds text of any length under one name. */
  private void wrapped(String name, String words) {
    StringBuilder begun = new StringBuilder();
    String under = name;
    for (String word : words.split(" ", -1)) {
      if (begun.length() + word.length() >= WIDTH) {
        row(under, "%s", begun.toString().strip());
        begun.setLength(0);
        under = "";
      }
      begun.append(word).append(' ');
    }
    row(under, "%s", begun.toString().strip());
  }

  private void capacity(JsonObject room, JsonObject admission) {
    line("");
    row(
        "sessions",
        "%s of the %s that upstream %s may have now",
        whole(room, "sessions"),
        whole(admission, "capacity"),
        room.getString("upstream"));
    row(
        "capacity",
        "%s sessions a warm pod; %s ready, as good as %s warm ones;",
        rounded(admission, "sessionsPerPod"),
        pods(admission.getLong("readyPods", 0L)),
        rounded(admission, "warmPods"));
    row(
        "",
        "headroom %s (eta, the part that is given out), correction %s (k, as measured)%s",
        rounded(admission, "headroom"),
        rounded(admission, "correction"),
        learned(admission));
  }

  private void traffic(JsonObject admission) {
    row(
        "newcomers",
        "%s: %s requests a second are spare, each sends %s at first",
        newcomers(admission.getDouble("visitorsPerSecond", 0.0)),
        rounded(admission, "spareRequestsPerSecond"),
        rounded(admission, "firstRequests"));
    row(
        "load",
        "%s requests a second, %s of them of nobody's session;",
        rounded(admission, "requestsPerSecond"),
        rounded(admission, "roomlessRequestsPerSecond"));
    row(
        "",
        "a session sends %s requests a second and lasts %s",
        rounded(admission, "requestsPerSecondPerSession"),
        seconds(admission, "sessionSeconds"));
    row(
        "answers",
        "half of them within %s, of calm pods within %s;%s",
        seconds(admission, "responseSeconds"),
        seconds(admission, "baselineSeconds"),
        failed(admission.getDouble("errorShare")));
    row(
        "",
        "%s of the called do not come",
        HumanNumbers.percent(admission.getDouble("noShows", 0.0)));
  }

  private static String failed(@Nullable Double share) {
    return share == null
        ? ""
        : " in the mean of all pods " + HumanNumbers.percent(share) + " fail;";
  }

  private void roomless(JsonObject room, JsonObject admission) {
    double requests = admission.getDouble("requestsPerSecond", 0.0);
    double roomless = admission.getDouble("roomlessRequestsPerSecond", 0.0);
    // Below one a second it is a probe or a person.
    if (roomless >= 1 && roomless > ROOMLESS_SHARE * requests) {
      line("");
      line(
          "%s of the requests to %s are held back by nothing: they bypass, or no room guards their"
              + " host or path. See bypass, hosts and paths of its rooms, and defaultUpstream.",
          HumanNumbers.percent(roomless / requests), room.getString("upstream"));
    }
  }

  private void shared(List<JsonObject> rooms) {
    for (JsonObject room : rooms) {
      JsonObject shared = room.getJsonObject("shared", new JsonObject());
      Double ago = shared.getDouble("lastSecondsAgo");
      if (ago != null && ago < LATELY_SECONDS) {
        line("");
        line(
            "Room %s: %s sessions were used from more than four networks within a minute, or"
                + " claimed more often, the last %.0f s ago: visitors share passes, or come through"
                + " proxies that listen.trustedProxies does not name. See session.networks.",
            room.getString("room"), whole(shared, "sessions"), ago);
      }
    }
  }

  private static String pods(long count) {
    return count == 1 ? "1 pod" : String.format(Locale.ROOT, "%,d pods", count);
  }

  /** A trickle is best told by the time for one newcomer. */
  private static String newcomers(double rate) {
    if (rate <= 0) {
      return "none";
    }
    return rate < 0.1
        ? String.format(Locale.ROOT, "one in %,.0f s", 1 / rate)
        : String.format(Locale.ROOT, "%.1f a second", rate);
  }

  private static String learned(JsonObject admission) {
    double learned = admission.getDouble("learned", 1.0);
    return learned > 1 ? String.format(Locale.ROOT, ", learned %.2f", learned) : "";
  }

  private void row(String name, String words, Object... values) {
    line("  %-10s %s", name, String.format(Locale.ROOT, words, values));
  }

  private void line(String words, Object... values) {
    String text = values.length == 0 ? words : String.format(Locale.ROOT, words, values);
    out.append(text.stripTrailing()).append('\n');
  }

  private static String whole(JsonObject of, String field) {
    return HumanNumbers.whole(of.getLong(field, 0L));
  }

  private static String rounded(JsonObject of, String field) {
    return HumanNumbers.rounded(of.getDouble(field, 0.0));
  }

  private static String seconds(JsonObject of, String field) {
    Double seconds = of.getDouble(field);
    if (seconds == null) {
      return "an unknown time";
    }
    return seconds < 1 ? Math.round(1000 * seconds) + " ms" : rounded(of, field) + " s";
  }
}
