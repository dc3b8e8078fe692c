package dev.usher.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What to change in the configuration, with the number to set. */
final class Advising {
  private static final List<String> PER_POD = List.of("sessionsPerPod", "requestsPerSecondPerPod");

  private final JsonObject admission;

  Advising(JsonObject admission) {
    this.admission = admission;
  }

  String sentence() {
    return switch (Words.advice(admission.getString("advice", ""))) {
      case NONE -> "Nothing has shown that what is declared is wrong.";
      case DECLARED_TOO_HIGH -> less() + " Declare that, or make the pods faster.";
      case DECLARED_TOO_LOW -> more();
      case FEW_PODS_ARE_ILL -> ill();
      case PODS_ADD_NO_CAPACITY ->
          "More pods are ready but no more requests are answered: something that they share is"
              + " full, such as a database. More pods will not help.";
    };
  }

  /** Which pods, and how they differ from the others. */
  private String ill() {
    List<String> named = new ArrayList<>();
    List<JsonObject> others = new ArrayList<>();
    JsonArray pods = admission.getJsonArray("pods", new JsonArray());
    for (int i = 0; i < pods.size(); i++) {
      JsonObject pod = pods.getJsonObject(i);
      if (pod.getBoolean("ill", false)) {
        named.add(pod.getString("pod") + answers(List.of(pod)));
      } else if (pod.getBoolean("ready", false)) {
        others.add(pod);
      }
    }
    boolean one = named.size() == 1;
    return String.join(", ", named)
        + (one ? " is" : " are")
        + " worse than the other pods"
        + answers(others)
        + (one ? ": look at it, or take it out." : ": look at them, or take them out.")
        + (one ? " Until it is well it is" : " Until they are well they are")
        + " given less to do. What is declared of all is not to blame.";
  }

  private static String answers(List<JsonObject> pods) {
    double seconds = mean(pods, "responseSeconds");
    double failed = mean(pods, "errorShare");
    if (Double.isNaN(failed)) {
      // Others may have seen more of it.
      return " (not asked by this replica lately)";
    }
    String after = Double.isNaN(seconds) ? "" : "answers after " + Numbers.seconds(seconds) + ", ";
    return " (" + after + Numbers.percent(failed) + " fail)";
  }

  private static double mean(List<JsonObject> pods, String field) {
    return pods.stream()
        .map(pod -> pod.getDouble(field))
        .filter(Objects::nonNull)
        .mapToDouble(value -> value)
        .average()
        .orElse(Double.NaN);
  }

  /** What a pod bears now, beside what was declared. */
  private String less() {
    List<String> sentences = new ArrayList<>();
    JsonObject declared = admission.getJsonObject("declared", new JsonObject());
    for (String setting : PER_POD) {
      Double said = declared.getDouble(setting);
      if (said != null) {
        sentences.add(
            setting
                + " is declared "
                + number(said)
                + ", but "
                + bears(setting)
                + " is what a pod"
                + " bears now.");
      }
    }
    if (sentences.isEmpty()) {
      sentences.add(
          "requestsPerSecondPerPod is not declared and was taken for "
              + number(admission.getDouble("requestsPerSecondPerPod", 0.0))
              + ", but "
              + bears("requestsPerSecondPerPod")
              + " is what a pod bears now.");
    }
    return String.join(" ", sentences);
  }

  private String more() {
    if (admission.getDouble("learned", 1.0) > 1) {
      return less() + " Declare that: what was learned is lost at the next start.";
    }
    return "The pods bear all that is declared and stay fast: declare a quarter more, or let Usher"
        + " try by admission.learnUpTo: 1.25.";
  }

  private String bears(String setting) {
    return number(
        admission.getDouble(setting, 0.0)
            * admission.getDouble("learned", 1.0)
            * admission.getDouble("correction", 1.0));
  }

  /** Sessions are whole; of a few requests a second, the tenths matter. */
  private static String number(double value) {
    return value >= 20 || value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
