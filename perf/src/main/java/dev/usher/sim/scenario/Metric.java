package dev.usher.sim.scenario;

import java.util.Locale;

/** What is measured in a run. */
public enum Metric {
  SESSIONS_OVER("most sessions / true capacity", 2),
  REQUESTS_OVER("most requests offered to pods in 1 s / what they can serve in it", 2),
  ERRORS("errors seen by admitted visitors", 0),
  REFUSED("of these, refused by the gate because no pod had a slot", 0),
  TIMED_OUT("of these, not answered in 10 s", 0),
  PUT_OUT("of these, put out of their session", 0),
  FAILED_PERCENT("failed requests, %", 2),
  SAFE_FAILED("failed requests that were safe to retry", 0),
  LOST("visitors lost", 0),
  SERVED("visitors who got every page they came for", 0),
  SERVED_PERCENT("the same, % of those who did not leave the line of their own will", 2),
  UNFINISHED("visitors who still wait, or are not done, at the end", 0),
  ADMIT_ALL("time to admit all, s", 0),
  ADMIT_ALL_OVER("time to admit all / the ideal at eta * C", 2),
  ADMIT_ALL_OVER_PACED("the same / the ideal that also serves all first pages", 2),
  USE("mean use of eta * true capacity, by sessions or requests, while people wait", 3),
  USE_OF_ALL("mean use of the true capacity, by sessions or requests, while people wait", 3),
  USE_OF_BUDGET("mean sessions / the leader's capacity while people wait, once full", 3),
  OVER_BUDGET("most sessions / the leader's capacity", 3),
  P99("99th percentile of responses, s", 2),
  P99_JOINING("the same of requests in the three minutes after new pods began to join, s", 2),
  MET_COLD("warmth of the coldest pod at its first visitor, of those that joined", 2),
  PAGES("pages served in the first 300 s", 0),
  ORDER("order of admission by order of arrival (Kendall's tau)", 4),
  FAIRNESS("Jain's index of waits", 3),
  REVERSALS("turns of the correction in the worst minute", 0),
  CRASHES("crashed pods", 0),
  ASKED_AFTER_DEATH("time until a dead pod gets no more requests, s", 2),
  FIRST_ADMITTED("time to the first admission, s", 2),
  CAPACITY_MOVED("furthest that capacity moved within 10 s after a replica was replaced, %", 1),
  ILL_KEPT("least that the leader's capacity was while a pod was ill / before", 2),
  ILL_BACK("the same a minute after it was well again", 2),
  FULL_AFTER("time until nine tenths of what may be used are, s", 0),
  STALL("longest time without an admission while people wait and half the room is free, s", 1),
  COLDEST("warmth of the coldest pod at the end", 2),
  WAITED("visitors who waited over 1 s, %", 2),
  WAIT_HELD("waits that ended within what was told at arrival, halfway and a minute before, %", 1),
  WAIT_HALVED("the same of which less than half was told, %", 2),
  WAIT_WIDTH("median width of what was told / the wait that remained, %", 1),
  WAIT_TOO_LONG("waits that ended sooner than was told, %", 1),
  WAIT_HELD_ARRIVAL("held of what was told first, %", 1),
  WAIT_HELD_HALFWAY("held of what was told halfway, %", 1),
  WAIT_HELD_MINUTE("held of what was told a minute before, %", 1),
  WAIT_WIDTH_ARRIVAL("median width of what was told first / the wait, %", 1),
  WAIT_WIDTH_HALFWAY("the same halfway, %", 1),
  WAIT_WIDTH_MINUTE("the same a minute before, %", 1),
  WAIT_TOLD_AFTER("mean time from arrival until how long it takes is told, s", 1),
  SHARE("share of admissions of the first room while both wait", 3),
  TOO_HIGH("seconds in which it says that too much was declared", 0),
  TOO_LOW("seconds in which it says that too little was declared", 0),
  MOST_PODS("most pods", 0),
  POD_SECONDS("pod-seconds", 0);

  private final String label;
  private final int decimals;

  Metric(String label, int decimals) {
    this.label = label;
    this.decimals = decimals;
  }

  /** Its name, with its unit. */
  public String label() {
    return label;
  }

  /** The value as the report shows it. */
  public String text(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
