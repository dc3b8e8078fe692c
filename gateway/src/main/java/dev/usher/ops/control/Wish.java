package dev.usher.ops.control;

import dev.usher.store.upstream.LiveState;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What an operator wants done with a room.
 *
 * @param how what is to be set
 * @param call visitors to be called once, beyond the pace and the limit a minute
 * @param resets whether the room's line begins anew instead
 * @param dry whether it is only to be told how many people it would touch
 */
record Wish(UnaryOperator<LiveState> how, int call, boolean resets, boolean dry) {
  /** More visitors than any upstream bears at once. */
  private static final long CALL_MAX = 100_000;

  /** Beyond every line. */
  private static final long LIMIT_MAX = 10_000_000;

  /** What can be wanted, each with the fields that its body may have besides dryRun. */
  static final Map<String, String> VERBS =
      Map.of(
          "pause", "message",
          "resume", "message",
          "message", "message",
          "sold-out", "soldOut",
          "limit", "sessions perMinute",
          "admit", "visitors",
          "reset", "confirm");

  /** Reads the wish of this verb. */
  static Wish of(String verb, String room, WishBody body) throws UnclearWishException {
    body.allows(VERBS.getOrDefault(verb, ""));
    boolean dry = body.flag("dryRun", false);
    return switch (verb) {
      case "pause" -> {
        String said = body.text("message", null);
        yield set(live -> said == null ? live.paused(true) : live.paused(true).saying(said), dry);
      }
      // What was said of the pause is not so any more; what was said before it may still be.
      case "resume" -> {
        String said = body.text("message", null);
        yield set(live -> said == null ? live.resumed() : live.paused(false).saying(said), dry);
      }
      case "message" -> {
        String said = body.needs("message").text("message", "");
        yield set(live -> live.saying(said == null ? "" : said), dry);
      }
      case "sold-out" -> {
        boolean out = body.flag("soldOut", true);
        yield set(live -> live.soldOut(out), dry);
      }
      case "limit" -> limit(body, dry);
      case "admit" -> {
        long visitors = body.needs("visitors").whole("visitors", 1, CALL_MAX);
        yield new Wish(live -> live, (int) visitors, false, dry);
      }
      default -> {
        body.needs("confirm").confirms("confirm", room);
        yield new Wish(live -> live, 0, true, dry);
      }
    };
  }

  private static Wish set(UnaryOperator<LiveState> how, boolean dry) {
    return new Wish(how, 0, false, dry);
  }

  private static Wish limit(WishBody body, boolean dry) throws UnclearWishException {
    if (!body.has("sessions") && !body.has("perMinute")) {
      throw body.unclear("sessions, perMinute or both must be given, null to take a limit back");
    }
    Long sessions = body.has("sessions") ? body.limit("sessions", LIMIT_MAX) : null;
    Long perMinute = body.has("perMinute") ? body.limit("perMinute", LIMIT_MAX) : null;
    return set(
        live ->
            live.limited(
                sessions == null ? live.sessions() : sessions,
                perMinute == null ? live.perMinute() : perMinute),
        dry);
  }
}
