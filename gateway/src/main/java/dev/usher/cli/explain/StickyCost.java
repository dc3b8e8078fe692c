package dev.usher.cli.explain;

import io.vertx.core.json.JsonObject;

/** What it costs that sessions stay with their pods, for people to read. */
final class StickyCost {
  private StickyCost() {}

  /** Whole lines; empty if sessions do not stay. */
  static String of(JsonObject admission) {
    JsonObject sticky = admission.getJsonObject("sticky", new JsonObject());
    String mode = sticky.getString("mode", "off");
    if (mode.equals("off")) {
      return "";
    }
    long holding = sticky.getLong("holding", 0L);
    return "\nSessions stay with their pods (sticky: "
        + mode
        + "): on this replica, "
        + HumanNumbers.whole(sticky.getLong("moved", 0L))
        + " moved to another so far, and\n"
        + HumanNumbers.whole(sticky.getLong("refused", 0L))
        + " requests were refused because only their own pod might have them. "
        + (holding == 0
            ? "Nobody waits for it now.\n"
            : HumanNumbers.whole(holding)
                + (holding == 1 ? " waits" : " wait")
                + " for it now,\nwhether or not another pod has room.\n");
  }
}
