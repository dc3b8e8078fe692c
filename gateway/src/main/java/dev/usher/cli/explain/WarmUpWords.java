package dev.usher.cli.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The explanation of how pods are warmed before visitors come to them. */
final class WarmUpWords {
  private WarmUpWords() {}

  /** Whole lines; empty if no pod is warmed and nothing is wrong with that. */
  static String of(JsonObject admission) {
    StringBuilder lines = new StringBuilder();
    JsonArray pods = admission.getJsonArray("pods", new JsonArray());
    int held = 0;
    for (int i = 0; i < pods.size(); i++) {
      held += pods.getJsonObject(i).getBoolean("held", false) ? 1 : 0;
    }
    if (held > 0) {
      lines
          .append("  ")
          .append(held == 1 ? "1 pod gets" : held + " pods get")
          .append(" no visitors yet: warmed by the paths of warmUp first\n");
    }
    JsonObject calls = admission.getJsonObject("warmUp");
    JsonArray failing = calls == null ? new JsonArray() : calls.getJsonArray("failing");
    for (int i = 0; i < failing.size(); i++) {
      JsonObject path = failing.getJsonObject(i);
      lines
          .append("  the path ")
          .append(path.getString("path"))
          .append(" of warmUp.paths warms no pod: ")
          .append(path.getString("why"))
          .append('\n');
    }
    return lines.isEmpty() ? "" : "\n" + lines;
  }
}
