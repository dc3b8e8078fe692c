package dev.usher.cli.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** The comparison of each pod's answers with the others', as this replica saw them lately. */
final class Beside {
  /** The share of failures from which on they are too many for one pod. */
  private static final double FAILS = 0.05;

  /**
   * A pod that takes this many times as long as the others, or fails this many times as often,
   * stands out.
   */
  private static final double WORSE = 2;

  private final List<JsonObject> pods = new ArrayList<>();

  Beside(JsonObject admission) {
    JsonArray told = admission.getJsonArray("pods", new JsonArray());
    for (int i = 0; i < told.size(); i++) {
      pods.add(told.getJsonObject(i));
    }
  }

  /** The pods that are trusted with less, the one first that has been for longest. */
  List<JsonObject> ill() {
    return pods.stream()
        .filter(pod -> pod.getBoolean("ill", false))
        .sorted(Comparator.comparingDouble(pod -> -pod.getDouble("illForSeconds", 0.0)))
        .toList();
  }

  /** The pods that failed requests put out. */
  List<JsonObject> out() {
    return pods.stream().filter(pod -> pod.getBoolean("ejected", false)).toList();
  }

  /** Among the pods that are not ill, the one that fails most now; null if none fails much. */
  @Nullable JsonObject failsUntold() {
    return pods.stream()
        .filter(pod -> !pod.getBoolean("ill", false) && !pod.getBoolean("ejected", false))
        .filter(pod -> failed(pod) > FAILS)
        .max(Comparator.comparingDouble(Beside::failed))
        .orElse(null);
  }

  /** The pod that fails most compared with the others, and how much; "" if none stands out. */
  String worstByFailures() {
    return worst("errorShare", HumanNumbers::percent);
  }

  /** The pod that is slowest compared with the others, and its time; "" if none stands out. */
  String worstByTime() {
    return worst("responseSeconds", HumanNumbers::seconds);
  }

  private String worst(String field, DoubleFunction<String> words) {
    JsonObject worst =
        pods.stream()
            .filter(pod -> pod.getDouble(field) != null)
            .max(Comparator.comparingDouble(pod -> pod.getDouble(field)))
            .orElse(null);
    double others = worst == null ? Double.NaN : mean(but(worst), field, Double.NaN);
    if (worst == null || Double.isNaN(others) || worst.getDouble(field) <= WORSE * others) {
      return "";
    }
    return name(worst)
        + " "
        + words.apply(worst.getDouble(field))
        + ", the others "
        + words.apply(others);
  }

  /** What the pod does, and what the others do. */
  String compared(JsonObject pod) {
    if (!pod.containsKey("errorShare") || pod.getDouble("errorShare") == null) {
      return "this replica has not asked it lately, ask the others";
    }
    List<JsonObject> others = but(pod);
    double fail = mean(others, "errorShare", Double.NaN);
    double late = mean(others, "responseSeconds", Double.NaN);
    return HumanNumbers.percent(failed(pod))
        + " of its requests fail"
        + (Double.isNaN(fail) ? "" : " (of the other pods' " + HumanNumbers.percent(fail) + ")")
        + (seconds(pod) > 0 ? ", it answers after " + HumanNumbers.seconds(seconds(pod)) : "")
        + (seconds(pod) > 0 && !Double.isNaN(late)
            ? " (they " + HumanNumbers.seconds(late) + ")"
            : "");
  }

  /** Whether the pod is now no worse than the others, and merely not trusted yet. */
  boolean isAsGood(JsonObject pod) {
    return pod.getDouble("errorShare") != null
        && failed(pod) <= FAILS
        && seconds(pod) < WORSE * mean(but(pod), "responseSeconds", Double.MAX_VALUE);
  }

  /** Whether the others now fail as much, so that it is no single pod's fault. */
  boolean failsAlike(JsonObject pod) {
    double others = mean(but(pod), "errorShare", 0);
    return others > FAILS && failed(pod) < WORSE * others;
  }

  /** The other pods that are well, or are thought to be. */
  private List<JsonObject> but(JsonObject pod) {
    return pods.stream()
        .filter(other -> !name(other).equals(name(pod)) && !other.getBoolean("ill", false))
        .filter(other -> !other.getBoolean("ejected", false))
        .toList();
  }

  static String name(JsonObject pod) {
    return pod.getString("pod");
  }

  private static double failed(JsonObject pod) {
    return Objects.requireNonNullElse(pod.getDouble("errorShare"), 0.0);
  }

  private static double seconds(JsonObject pod) {
    return Objects.requireNonNullElse(pod.getDouble("responseSeconds"), 0.0);
  }

  private static double mean(List<JsonObject> pods, String field, double unknown) {
    return pods.stream()
        .map(pod -> pod.getDouble(field))
        .filter(Objects::nonNull)
        .mapToDouble(value -> value)
        .average()
        .orElse(unknown);
  }
}
