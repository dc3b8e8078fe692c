package dev.usher.cli.explain;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The advice what to change in the configuration, with the number to set. */
final class Advising {
  private static final List<String> PER_POD = List.of("sessionsPerPod", "requestsPerSecondPerPod");

  /** Which paths those are is not counted, because that would cost every request. */
  private static final String LOOK =
      "the pods' own logs say which paths they answered with 5xx or late, which Usher does not"
          + " count, and usher_proxy_errors_total by cause what was not answered at all.";

  private static final String NOT_DECLARED = " What is declared of all is not to blame.";

  private final JsonObject admission;
  private final Beside beside;

  Advising(JsonObject admission) {
    this.admission = admission;
    this.beside = new Beside(admission);
  }

  String sentence() {
    return out() + advice();
  }

  private String advice() {
    return switch (LimitWords.advice(admission.getString("advice", ""))) {
      case NONE -> none();
      case DECLARED_TOO_HIGH -> tooHigh();
      case DECLARED_TOO_LOW -> more();
      case FEW_PODS_ARE_ILL -> beside.ill().isEmpty() ? none() : ill();
      case PODS_ADD_NO_CAPACITY ->
          "More pods are ready but no more requests are answered: something that they share is"
              + " full, such as a database. Look there: more pods will not help.";
    };
  }

  /** Nothing is wrong with what is declared, or that is not certain yet. */
  private String none() {
    if (admission.getLong("readyPods", 1L) == 0) {
      return "Of what is declared nothing can be said while no pod is ready.";
    }
    double k = admission.getDouble("correction", 1.0);
    return isCut() && k > 0 && k < 1
        ? (fails()
            ? "What fails wants mending first: " + LOOK
            : "If this comes again and again, declare less; once is no reason to.")
        : "Nothing has shown that what is declared is wrong.";
  }

  private boolean fails() {
    return admission.getString("correctionCause", "").equals("errors");
  }

  private boolean isCut() {
    return fails() || admission.getString("correctionCause", "").equals("latency");
  }

  private String tooHigh() {
    return fails()
        ? "What fails wants mending first: " + LOOK + " Only if it fails for being busy: " + less()
        : less() + " Declare that, or make the pods faster.";
  }

  /** Names the ill pods, how they differ from the others, and what to do. */
  private String ill() {
    List<String> sentences = new ArrayList<>();
    List<JsonObject> pods = beside.ill();
    boolean better = true;
    for (JsonObject pod : pods) {
      long seconds = Math.round(pod.getDouble("illForSeconds", 0.0));
      boolean good = beside.isAsGood(pod);
      better &= good;
      sentences.add(
          Beside.name(pod)
              + (beside.failsAlike(pod)
                  ? " is taken for worse than the other pods, though they fail as much by now, for "
                  : " has been worse than the other pods for ")
              + HumanNumbers.time(seconds)
              + ": "
              + beside.compared(pod)
              + ". It gets "
              + HumanNumbers.percent(pod.getDouble("trust", 0.0))
              + " of its turns"
              + (good
                  ? ", and more from now on, as it answers well again."
                  : " until it is well."));
    }
    JsonObject next = beside.failsUntold();
    if (next != null) {
      sentences.add("Look at " + Beside.name(next) + " too: " + beside.compared(next) + ".");
    }
    boolean one = pods.size() == 1;
    if (!better) {
      sentences.add((one ? "Mend it, or take it out: " : "Mend them, or take them out: ") + LOOK);
    }
    return String.join(" ", sentences) + NOT_DECLARED;
  }

  /** Pods that are out come first: whatever else is said is about those that are left. */
  private String out() {
    List<String> names = beside.out().stream().map(Beside::name).toList();
    boolean one = names.size() == 1;
    return names.isEmpty()
        ? ""
        : String.join(", ", names)
            + (one ? " is" : " are")
            + " put out, because requests failed: see pod_ejected in the log, and "
            + (one ? "its own. " : "their own. ");
  }

  /** Compares what a pod bears now with what was declared. */
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

  /** Sessions are whole numbers; of a few requests a second, the tenths matter. */
  private static String number(double value) {
    return value >= 20 || value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
