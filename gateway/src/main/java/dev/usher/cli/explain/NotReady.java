package dev.usher.cli.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The explanation why pods are not ready: the result of each one's last probe. */
final class NotReady {
  /** How many pods are named: of many, the first ones stand for the others. */
  private static final int NAMED = 5;

  private static final String BREAKS =
      "  all are said to be ready, and all connections to them break: do they want TLS"
          + " (upstreams.NAME.tls),\n  or is there a mesh in STRICT mode (docs/kubernetes.md)?\n";

  private NotReady() {}

  /** Whole lines; empty if all pods are ready, or nothing is known of them. */
  static String of(JsonArray pods) {
    StringBuilder lines = new StringBuilder();
    int told = 0;
    for (int i = 0; i < pods.size(); i++) {
      JsonObject pod = pods.getJsonObject(i);
      String word = pod.getString("probe");
      if (!pod.getBoolean("ready", false) && word != null && told++ < NAMED) {
        lines.append("  ").append(pod.getString("pod")).append(": ").append(word).append("\n");
      }
    }
    if (told > NAMED) {
      lines.append("  and ").append(told - NAMED).append(" more that are not ready\n");
    }
    if (told == 0 && allBreak(pods)) {
      lines.append(BREAKS);
    }
    return lines.isEmpty() ? "" : "\n" + lines;
  }

  /** Whether somebody else says that they are ready, but none of them has ever answered. */
  private static boolean allBreak(JsonArray pods) {
    for (int i = 0; i < pods.size(); i++) {
      JsonObject pod = pods.getJsonObject(i);
      String why = pod.getString("ejectedWhy");
      boolean broke = why == null ? pod.getLong("served", 0L) == 0 : why.contains("broke");
      if (!pod.getBoolean("ejected", false) || !broke) {
        return false;
      }
    }
    return !pods.isEmpty();
  }
}
