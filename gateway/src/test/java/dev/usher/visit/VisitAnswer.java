package dev.usher.visit;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a visitor understands it.
 *
 * @param status of HTTP; 0 for none
 * @param ahead visitors before this one; -1 when not told
 * @param againMillis when to ask again; 0 when not told
 * @param paused whether admissions were said to be paused
 * @param served by which pod; null where none did, or none said so
 * @param error why there was no answer; null when there was one
 */
public record VisitAnswer(
    int status,
    State state,
    long ahead,
    long againMillis,
    boolean paused,
    @Nullable Served served,
    @Nullable String error) {

  private static final String NOT_JOINED = "/problems/not-joined";

  /** How a visitor then stands. */
  public enum State {
    WAITING,
    CALLED,
    ADMITTED,
    /** Neither in line nor inside: a place, if there was one, is lost. */
    NONE,
    /** The answer tells no standing, such as 503. */
    UNTOLD,
    /** There was no answer. */
    SILENCE
  }

  /** Which pod answered, when the request had come to it, and how many were in flight there. */
  public record Served(String pod, long cameAt, int inFlight) {}

  static VisitAnswer silence(Throwable why) {
    return new VisitAnswer(0, State.SILENCE, -1, 0, false, null, why.toString());
  }

  /** Reads one; {@code json} is empty where the body is none. */
  static VisitAnswer of(int status, MultiMap head, JsonObject json, @Nullable Served served) {
    return new VisitAnswer(
        status,
        state(head, json),
        json.getLong("ahead", -1L),
        againMillis(head, json),
        json.getBoolean("paused", false),
        served,
        null);
  }

  private static State state(MultiMap head, JsonObject json) {
    if ("admitted".equals(head.get("Usher-State"))) {
      return State.ADMITTED;
    }
    if (json.containsKey("state")) {
      return State.valueOf(json.getString("state").toUpperCase(Locale.ROOT));
    }
    return NOT_JOINED.equals(json.getString("type")) ? State.NONE : State.UNTOLD;
  }

  private static long againMillis(MultiMap head, JsonObject json) {
    String header = head.get("Retry-After");
    double headSeconds = header == null ? 0 : Double.parseDouble(header);
    return (long) (json.getDouble("retryAfterSeconds", headSeconds) * 1000);
  }
}
