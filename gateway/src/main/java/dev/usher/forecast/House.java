package dev.usher.forecast;

/**
 * What the leader expects to let in.
 *
 * @param soonest sessions that the pods bear, if all that is on its way comes as it should
 * @param latest the same, if it comes late and in part
 * @param pace how fast free places fill
 * @param noShows share of called visitors who do not come
 */
public record House(Path soonest, Path latest, Pace pace, double noShows) {
  /**
   * How fast free places fill.
   *
   * @param most newcomers a second, at most, in a house as large as now
   * @param spared newcomers a second whose first requests are spared now
   * @param lessPerSession by how many newcomers a second that falls with each further session
   */
  public record Pace(double most, double spared, double lessPerSession) {
    private static final double LEAST = 0.2;

    /** Who leaves may always be followed by another, and a little more. */
    private static final double ENDING_MORE = 1.05;

    double with(double moreSessions, double ending, double growth) {
      double left = spared - lessPerSession * moreSessions;
      return Math.max(Math.max(LEAST, ENDING_MORE * ending), Math.min(most * growth, left));
    }
  }
}
