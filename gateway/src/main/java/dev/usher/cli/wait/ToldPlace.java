package dev.usher.cli.wait;

import io.vertx.core.json.JsonObject;

/**
 * What a gateway answered.
 *
 * @param status 0 if there was no answer
 * @param json the place, or the problem; nothing if it was neither
 * @param againMillis when to ask again, 0 if it does not say
 */
record ToldPlace(int status, JsonObject json, long againMillis) {
  private static final String SOLD_OUT = "/problems/sold-out";

  /** No answer, for this reason. */
  static ToldPlace silence(String why) {
    return new ToldPlace(0, new JsonObject().put("title", "No answer").put("detail", why), 0);
  }

  /** Whether a gateway of Usher's has answered, and not whoever else is there. */
  boolean isOfUsher() {
    return status != 0
        && (!state().isEmpty() || json.getString("type", "").startsWith("/problems/"));
  }

  /** What the visitor is to the room; nothing if it was not told. */
  String state() {
    // Who comes when it is sold out already gets no place, and so no standing.
    return status == 200
        ? json.getString("state", "")
        : SOLD_OUT.equals(json.getString("type", "")) ? "sold_out" : "";
  }

  /** Whether the same question may have another answer a moment later. */
  boolean mayChange() {
    return status == 0 || status == 429 || status >= 500;
  }

  /** The refusal in words. */
  String words() {
    return json.getString("title", "status " + status)
        + ": "
        + json.getString("detail", "no reason");
  }
}
