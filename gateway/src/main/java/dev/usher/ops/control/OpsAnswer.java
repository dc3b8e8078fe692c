package dev.usher.ops.control;

import dev.usher.http.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * An answer on the operators' port.
 *
 * @param headers what it says besides
 */
public record OpsAnswer(int status, String type, String body, Map<String, String> headers) {
  /** Done, with nothing to say. */
  static final OpsAnswer DONE = new OpsAnswer(204, "", "");

  public OpsAnswer(int status, String type, String body) {
    this(status, type, body, Map.of());
  }

  public static OpsAnswer json(int status, JsonObject body) {
    return new OpsAnswer(status, "application/json", body.encodePrettily() + "\n");
  }

  /** A refusal, in the form of RFC 9457. */
  public static OpsAnswer of(Problem problem, String detail) {
    return of(problem, problem.details(detail));
  }

  /** A refusal that says more than its detail. */
  public static OpsAnswer of(Problem problem, JsonObject details) {
    return new OpsAnswer(problem.status(), Problem.MEDIA_TYPE, details.encodePrettily() + "\n");
  }

  /** The refusal of a method. */
  public static OpsAnswer only(String methods) {
    return of(Problem.WRONG_METHOD, "The method must be " + methods.replace(", ", " or "))
        .with("Allow", methods);
  }

  /** The refusal of a room that there is not. */
  public static OpsAnswer noRoom(String name, List<String> known) {
    String detail = "The room must be one of " + known + " but was \"" + name + "\"";
    return of(
        Problem.NO_SUCH_ROOM,
        Problem.NO_SUCH_ROOM.details(detail).put("rooms", new JsonArray(known)));
  }

  OpsAnswer with(String header, String value) {
    return new OpsAnswer(status, type, body, Map.of(header, value));
  }
}
