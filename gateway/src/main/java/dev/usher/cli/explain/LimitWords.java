package dev.usher.cli.explain;

import dev.usher.admission.Admission.Reason;
import dev.usher.admission.Figures.Advice;
import dev.usher.words.EnumWords;
import java.util.Arrays;

/** The limits of admission and the advice, in sentences for people. */
final class LimitWords {
  private LimitWords() {}

  /** The sentence for a reason as the gateway spells it. */
  static String reason(String small) {
    return Arrays.stream(Reason.values())
        .filter(reason -> EnumWords.lower(reason).equals(small))
        .map(LimitWords::sentence)
        .findFirst()
        .orElse("Admission is limited by something that this version of usher has no words for.");
  }

  static String sentence(Reason reason) {
    return switch (reason) {
      case NOBODY_WAITS -> "Nobody waits.";
      case ENOUGH_FOR_ALL -> "Everyone who waits may come in.";
      case PAUSED ->
          "Every room where people wait is paused: none of them comes in until it is resumed.";
      case GATHERING ->
          "People gather for an opening: they get their numbers, and none of them comes in before"
              + " it. GET /api/events says when that is.";
      case NO_CAPACITY ->
          "No pod is ready, so nobody can be let in: pod_unready and pod_ejected in the log say"
              + " why. Check the pods, and probe.path or what Kubernetes says of them.";
      case SIGNAL_STALE ->
          "For some seconds nothing credible was heard of which pods are ready, neither by a probe"
              + " nor by Kubernetes: no pod that comes is counted, and capacity only shrinks, until"
              + " it is. Look at the API server, and at the network to the pods.";
      case CAPACITY_FULL ->
          "The house is full: the ready pods have as many sessions as they can carry. More pods"
              + " count as soon as they are ready.";
      case WARMING_UP -> "The house is as full as its pods allow while they are still warming up.";
      case PODS_LOST ->
          "Pods were lost in the last minute: those inside stay, and nobody new comes in until"
              + " enough of them have left, or the pods are back.";
      case UNPROVEN ->
          "The house is as full as is trusted: less than declared, until the pods have proven that"
              + " they bear more.";
      case LATENCY ->
          "The pods answered too slowly, or said that they are full, so that fewer are let in than"
              + " they are declared to carry, until it is tried again.";
      case ERRORS ->
          "Too many requests failed at once, so that fewer are let in than the pods are declared to"
              + " carry, until it is tried again.";
      case RATE ->
          "Places are free, but newcomers come in no faster than the pods can answer their first"
              + " requests.";
    };
  }

  /** The advice as the gateway spells it; none if it is not known here. */
  static Advice advice(String small) {
    return Arrays.stream(Advice.values())
        .filter(advice -> EnumWords.lower(advice).equals(small))
        .findFirst()
        .orElse(Advice.NONE);
  }
}
