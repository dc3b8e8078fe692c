package dev.usher.cli.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The doubts that keep the pods from being used in full, each explained in words, with how long it
 * lasts.
 */
final class Doubts {
  /** The part of the declared capacity by which the correction rises in a second. */
  private static final double RAISE = 0.02;

  /** The correction stays as it is while the pods together are colder than this. */
  private static final double WARM_ENOUGH = 0.8;

  /** How many cold pods are named: those that will be warm last. */
  private static final int NAMED = 3;

  private static final double HEARD_SECONDS = 5;
  private static final double SAME = 0.01;

  private final JsonObject admission;
  private final Map<String, String> rows = new LinkedHashMap<>();

  private Doubts(JsonObject admission) {
    this.admission = admission;
  }

  /** One or more sentences for each doubt, by its name. */
  static Map<String, String> of(JsonObject admission) {
    Doubts doubts = new Doubts(admission);
    doubts.signal();
    doubts.warmUp();
    doubts.correction();
    doubts.headroom();
    doubts.pace();
    return doubts.rows;
  }

  private void signal() {
    Double age = admission.getDouble("podsAgeSeconds");
    boolean stale = admission.getString("reason", "").equals("signal_stale");
    if (age != null && age > HEARD_SECONDS) {
      rows.put(
          "signal",
          "nothing was heard of the pods for "
              + HumanNumbers.seconds(age)
              + ": none that comes is counted; after 30 s capacity shrinks by a tenth each 10 s,"
              + " down to half");
    } else if (stale) {
      rows.put(
          "signal",
          age == null
              ? "it was never heard which pods there are"
              : "all pods are said to be unready though they answered a moment ago: that is not"
                  + " believed for 15 s");
    }
  }

  private void warmUp() {
    List<JsonObject> cold = new ArrayList<>();
    JsonArray pods = admission.getJsonArray("pods", new JsonArray());
    long ready = 0;
    for (int i = 0; i < pods.size(); i++) {
      JsonObject pod = pods.getJsonObject(i);
      ready += pod.getBoolean("ready", false) ? 1 : 0;
      if (pod.getBoolean("ready", false) && pod.getDouble("aged") != null) {
        cold.add(pod);
      }
    }
    if (cold.isEmpty()) {
      return;
    }
    cold.sort((one, other) -> Double.compare(lasts(other), lasts(one)));
    StringBuilder words = new StringBuilder();
    words.append(HumanNumbers.whole(ready - cold.size())).append(" of ");
    words.append(HumanNumbers.whole(ready)).append(" ready pods are warm");
    cold.stream().limit(NAMED).forEach(pod -> words.append("; ").append(warming(pod)));
    if (cold.size() > NAMED) {
      words.append("; ").append(cold.size() - NAMED).append(" more are warm before these");
    }
    rows.put("warm-up", words.toString());
  }

  private static double lasts(JsonObject pod) {
    Double seconds = pod.getDouble("warmInSeconds");
    return seconds == null ? Double.MAX_VALUE : seconds;
  }

  private static String warming(JsonObject pod) {
    Double seconds = pod.getDouble("warmInSeconds");
    return pod.getString("pod")
        + " is at "
        + HumanNumbers.percent(pod.getDouble("warmth", 0.0))
        + " ("
        + HumanNumbers.percent(pod.getDouble("aged", 0.0))
        + " of its time, "
        + HumanNumbers.percent(pod.getDouble("worked", 0.0))
        + " of its answers"
        + (pod.getBoolean("evident", false) ? ", and it answers in time" : "")
        + "), "
        + (seconds == null
            ? "and gets too little to do to tell how long still"
            : "about " + HumanNumbers.seconds(seconds) + " still")
        + (pod.getBoolean("metUnready", false)
            ? ", taken for cold since it was not ready at the first probe"
            : "");
  }

  private void correction() {
    double k = admission.getDouble("correction", 0.0);
    if (k <= 0 || k >= 1) {
      return;
    }
    String cause = admission.getString("correctionCause", "");
    boolean cut = cause.equals("latency") || cause.equals("errors");
    String why =
        cut
            ? " is used since " + cut(cause.equals("errors"))
            : " is trusted until the pods have shown that they bear it all";
    rows.put(
        cut ? cause : "unproven",
        HumanNumbers.percent(k) + " of what is declared" + why + "; " + rises(k));
  }

  /** What the cut was for, when it was made, and how that stands now. */
  private String cut(boolean errors) {
    Double since = admission.getDouble("sinceCutSeconds");
    Double share = admission.getDouble("errorShare");
    Beside beside = new Beside(admission);
    String worst = errors ? beside.worstByFailures() : beside.worstByTime();
    return (errors
            ? "more than 5 % of some 50 requests failed"
            : "pods answered too slowly, or said that they are full")
        + (since == null ? "" : ", " + HumanNumbers.time(Math.round(since)) + " ago")
        + (errors && share != null
            ? "; in the mean of all pods and the last 20 s " + HumanNumbers.percent(share) + " fail"
            : "")
        + (worst.isEmpty() ? "" : (errors ? ": " : "; the slowest pod: ") + worst);
  }

  private String rises(double k) {
    double held = admission.getDouble("heldSeconds", 0.0);
    double warm = admission.getDouble("warmPods", 0.0);
    if (held <= 0 && warm < WARM_ENOUGH * admission.getLong("readyPods", 0L)) {
      return "it does not rise before the pods are warm by 80 % in the mean, then by 2 % a second";
    }
    Double evidence = admission.getDouble("evidence");
    double told = evidence == null ? 1 : evidence;
    if (told > 0 && admission.getDouble("baselineSeconds") == null) {
      return "it does not rise before it is known how long a calm pod takes: that takes 50 answers"
          + " within half a minute, or responseTime";
    }
    if (told <= 0) {
      return "it does not rise before the pods answer something: in the last half minute nobody"
          + " inside asked for anything";
    }
    double step = RAISE * told;
    String may =
        held > 0 ? "in " + HumanNumbers.seconds(Math.ceil(held)) + " it may rise again, " : "";
    return may
        + (held > 0 ? "" : "it rises ")
        + "by "
        + HumanNumbers.rounded(100 * step)
        + " % a second while the house is full and answers are in time: all of it after "
        + HumanNumbers.seconds(Math.ceil(held + (1 - k) / step - SAME))
        + (told < 1 ? ", and sooner when there are more answers to go by" : "");
  }

  private void headroom() {
    double used = admission.getDouble("headroom", 0.0);
    if (used > 0) {
      rows.put(
          "headroom",
          HumanNumbers.percent(used)
              + " of what is trusted is given out; the rest is for the loss of pods"
              + " (admission.surviveLossOf) and for chance. That stays so; more pods need less");
    }
  }

  private void pace() {
    if (!admission.getString("reason", "").equals("rate")) {
      return;
    }
    double rate = admission.getDouble("visitorsPerSecond", 0.0);
    double first = admission.getDouble("firstRequests", 0.0);
    double paid = admission.getDouble("spareRequestsPerSecond", 0.0) / Math.max(1, first);
    String why;
    if (rate > paid * (1 + SAME)) {
      why = "no more requests are spare, and so many may take the places of those who leave";
    } else if (rate < paid * (1 - SAME)) {
      why = "that fills the pods in some ten seconds, and they shall not be filled faster";
    } else {
      why = "the requests that are spare pay for no more; it rises as newcomers settle down";
    }
    rows.put("pace", String.format(Locale.ROOT, "%.1f newcomers a second: %s", rate, why));
  }
}
