package dev.usher.story;

import java.util.Locale;

/**
 * One moment of a run.
 *
 * @param in visitors who have seen the shop
 * @param pods pods that exist
 * @param ready pods that are ready
 * @param restarts how often their containers were started again, so far
 */
record Row(
    double seconds,
    int arrived,
    int in,
    int sold,
    int lost,
    int errors,
    int pods,
    int ready,
    int restarts) {

  static final String HEADING = "seconds,arrived,in,sold,lost,errors,pods,ready,restarts";

  Row withPods(int count, int readyPods, int restarted) {
    return new Row(seconds, arrived, in, sold, lost, errors, count, readyPods, restarted);
  }

  String csv() {
    return String.format(
        Locale.ROOT,
        "%.1f,%d,%d,%d,%d,%d,%d,%d,%d",
        seconds,
        arrived,
        in,
        sold,
        lost,
        errors,
        pods,
        ready,
        restarts);
  }

  static Row of(String csv) {
    String[] words = csv.split(",", -1);
    return new Row(
        Double.parseDouble(words[0]),
        at(words, 1),
        at(words, 2),
        at(words, 3),
        at(words, 4),
        at(words, 5),
        at(words, 6),
        at(words, 7),
        at(words, 8));
  }

  private static int at(String[] words, int index) {
    return Integer.parseInt(words[index]);
  }
}
