package dev.usher.ops;

import dev.usher.http.Problem;
import io.vertx.core.json.JsonObject;

/** An answer on the operators' port. */
record OpsAnswer(int status, String type, String body) {
  /** Done, with nothing to say. */
  static final OpsAnswer DONE = new OpsAnswer(204, "", "");

  static OpsAnswer json(int status, JsonObject body) {
    return new OpsAnswer(status, "application/json", body.encodePrettily() + "\n");
  }

  /** A refusal, in the form of RFC 9457. */
  static OpsAnswer of(Problem problem, String detail) {
    return of(problem, problem.details(detail));
  }

  /** A refusal that says more than its detail. */
  static OpsAnswer of(Problem problem, JsonObject details) {
    return new OpsAnswer(problem.status(), Problem.MEDIA_TYPE, details.encodePrettily() + "\n");
  }
}
