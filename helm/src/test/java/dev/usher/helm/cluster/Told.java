package dev.usher.helm.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One answer to a visitor.
 *
 * @param status its status
 * @param state what it says of the visitor's place; empty when it says nothing
 * @param json its body
 * @param ticket the ticket that the visitor shows from now on; null for the one it has
 * @param pass the same for the pass
 * @param retryAfterSeconds when to try again; -1 when it does not say
 * @param pod the pod of the shop that gave it; empty for Usher itself
 * @param stoppingMillis for how long that pod had been told to stop; -1 when it had not
 */
record Told(
    int status,
    String state,
    JsonNode json,
    @Nullable String ticket,
    @Nullable String pass,
    long retryAfterSeconds,
    String pod,
    long stoppingMillis) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Told of(HttpResponse<String> answer) {
    JsonNode json = json(answer);
    return new Told(
        answer.statusCode(),
        json.path("state").asText(""),
        json,
        answer.headers().firstValue("Usher-Ticket").orElse(null),
        answer.headers().firstValue("Usher-Pass").orElse(null),
        answer.headers().firstValueAsLong("Retry-After").orElse(-1),
        answer.headers().firstValue("Shop-Pod").orElse(""),
        answer.headers().firstValueAsLong("Shop-Stopping-Millis").orElse(-1));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    if (!answer.headers().firstValue("Content-Type").orElse("").contains("json")) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + answer.body(), e);
    }
  }

  /** When Usher wants to hear of the visitor again. */
  long askAgainMillis() {
    return Math.max(100, (long) (json.path("retryAfterSeconds").asDouble(1) * 1000));
  }
}
