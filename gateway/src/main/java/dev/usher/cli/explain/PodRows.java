package dev.usher.cli.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A table with a row for each pod. */
final class PodRows {
  private PodRows() {}

  /** The table in whole lines. */
  static String of(JsonArray pods) {
    StringBuilder out = new StringBuilder();
    line(out, "pod", "ready", "warm", "cap", "in flight", "answers", "after", "fail", "state");
    for (int i = 0; i < pods.size(); i++) {
      JsonObject pod = pods.getJsonObject(i);
      line(
          out,
          pod.getString("pod"),
          pod.getBoolean("ready", false) ? "yes" : "no",
          HumanNumbers.percent(pod.getDouble("warmth", 0.0)),
          HumanNumbers.whole(pod.getLong("cap", 0L)),
          HumanNumbers.whole(pod.getLong("inFlight", 0L)),
          HumanNumbers.whole(pod.getLong("served", 0L)),
          known(pod.getDouble("responseSeconds"), HumanNumbers::seconds),
          known(pod.getDouble("errorShare"), HumanNumbers::percent),
          state(pod));
    }
    if (pods.isEmpty()) {
      out.append("  none is known\n");
    }
    return out.append("  (of this replica; after and fail: in the mean of the last 20 s)\n")
        .toString();
  }

  private static void line(StringBuilder out, Object... values) {
    out.append(
            String.format(Locale.ROOT, "  %-28s %5s %6s %6s %9s %8s %7s %6s  %s", values)
                .stripTrailing())
        .append('\n');
  }

  private static String known(@Nullable Double value, Function<Double, String> words) {
    return value == null ? "-" : words.apply(value);
  }

  private static String state(JsonObject pod) {
    if (pod.getBoolean("ejected", false)) {
      double seconds = pod.getDouble("ejectedForSeconds", 0.0);
      String why = pod.getString("ejectedWhy");
      return "put out "
          + (seconds > 0 ? "for " + Math.max(1, Math.round(seconds)) + " s" : "until it answers")
          + (why == null ? "" : ": " + why);
    }
    if (pod.getBoolean("held", false)) {
      return "is warmed first";
    }
    if (pod.getBoolean("ill", false)) {
      return "ill for " + HumanNumbers.time(Math.round(pod.getDouble("illForSeconds", 0.0)));
    }
    return "-";
  }
}
