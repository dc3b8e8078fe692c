package dev.usher.cli.drill;

/** A reader of Usher's metrics in Prometheus' text format. */
final class OpsMetrics {
  private OpsMetrics() {}

  static OpsSample read(String text) {
    return new OpsSample(
        sum(text, "usher_capacity_sessions"),
        sum(text, "usher_sessions"),
        sum(text, "usher_waiting_visitors"),
        (int) sum(text, "usher_pods_ready"));
  }

  /** The sum over all labels of the metric with this name. */
  private static long sum(String text, String name) {
    double sum = 0;
    for (String line : text.split("\n", -1)) {
      boolean mine =
          line.startsWith(name)
              && line.length() > name.length()
              && (line.charAt(name.length()) == '{' || line.charAt(name.length()) == ' ');
      if (mine) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return Math.round(sum);
  }
}
