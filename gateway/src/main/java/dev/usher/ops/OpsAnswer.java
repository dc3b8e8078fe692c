package dev.usher.ops;

import io.vertx.core.json.JsonObject;

/** An answer on the operators' port. */
record OpsAnswer(int status, String type, String body) {
  /** Done, with nothing to say. */
  static final OpsAnswer DONE = new OpsAnswer(204, "", "");

  static OpsAnswer json(int status, JsonObject body) {
    return new OpsAnswer(status, "application/json", body.encodePrettily() + "\n");
  }

  /** A refusal, in the form of RFC 9457. */
  static OpsAnswer problem(int status, String title, String detail) {
    JsonObject body =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    return problem(body);
  }

  /** A refusal that says more than its detail. */
  static OpsAnswer problem(JsonObject body) {
    return new OpsAnswer(
        body.getInteger("status"), "application/problem+json", body.encodePrettily() + "\n");
  }
}
