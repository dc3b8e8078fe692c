package dev.usher.sim.gate;

/**
 * What a gate reports about itself.
 *
 * @param capacity sessions it believes the pods can carry; NaN when it has no such idea
 * @param waiting visitors, or requests, that it keeps waiting
 * @param correction its measured correction of what was declared; NaN when it has none
 * @param reason what limits it now, in a word
 * @param advice what it says should be declared differently, in a word
 * @param wantedPods pods it wants; 0 when it leaves that to others
 */
public record Reading(
    double capacity,
    double waiting,
    double correction,
    String reason,
    String advice,
    int wantedPods) {
  /** For a gate that has nothing to report. */
  public static final Reading NOTHING = new Reading(Double.NaN, 0, Double.NaN, "", "", 0);

  public static Reading of(double waiting, int wantedPods) {
    return new Reading(Double.NaN, waiting, Double.NaN, "", "", wantedPods);
  }
}
