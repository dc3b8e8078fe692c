package dev.usher.sim.plant;

import dev.usher.sim.time.Chance;

/**
 * What is true of the plant and of its visitors under one seed, hidden from every gate.
 *
 * @param serviceSeconds T0: mean time of a request on an idle warm pod
 * @param requestsPerSecond mu: requests a second that a warm pod can serve at most
 * @param warmUpWork requests after which a pod is warm
 * @param coldSpeed speed of a pod that has served nothing, by that of a warm one
 * @param firstPages pages that a visitor opens at once
 * @param pages mean number of pages after these
 * @param thinkSeconds Z: mean time between an answer and the next page
 * @param silentEnd share of sessions that end without a word, and hold their place till it runs out
 * @param idleTailSeconds how long such a place is held after the last page, in the mean
 * @param noShow share of visitors who are gone before they are let in
 * @param waits share of a request's time on an idle warm pod that it waits for something else, a
 *     database say, and costs the pod nothing
 */
public record Nature(
    double serviceSeconds,
    double requestsPerSecond,
    double warmUpWork,
    double coldSpeed,
    double firstPages,
    double pages,
    double thinkSeconds,
    double silentEnd,
    double idleTailSeconds,
    double noShow,
    double waits) {
  /** Mean time between two of the first pages. */
  public static final double FIRST_GAP_SECONDS = 0.7;

  /** Nobody thinks longer, or the session would have ended under them. */
  public static final double THINK_MAX_SECONDS = 45;

  private static final double VARIES = 0.5;

  /** The middle of what seeds make of it. */
  public static Nature middle(double idleTailSeconds) {
    return new Nature(0.2, 30, 1500, 0.33, 3, 15, 8, 0.2, idleTailSeconds, 0, 0);
  }

  /** Each figure that no operator sets, up to half more or less than this. */
  public Nature variedBy(Chance chance) {
    return new Nature(
        serviceSeconds * varied(chance),
        requestsPerSecond,
        warmUpWork * varied(chance),
        coldSpeed,
        firstPages,
        pages * varied(chance),
        thinkSeconds * varied(chance),
        silentEnd,
        idleTailSeconds,
        noShow * varied(chance),
        waits);
  }

  private static double varied(Chance chance) {
    return chance.between(1 - VARIES, 1 + VARIES);
  }

  public Nature withPages(double mean, double think) {
    return new Nature(
        serviceSeconds,
        requestsPerSecond,
        warmUpWork,
        coldSpeed,
        firstPages,
        mean,
        think,
        silentEnd,
        idleTailSeconds,
        noShow,
        waits);
  }

  public Nature withNoShow(double share) {
    return new Nature(
        serviceSeconds,
        requestsPerSecond,
        warmUpWork,
        coldSpeed,
        firstPages,
        pages,
        thinkSeconds,
        silentEnd,
        idleTailSeconds,
        share,
        waits);
  }

  public Nature withWarmUpWork(double work) {
    return new Nature(
        serviceSeconds,
        requestsPerSecond,
        work,
        coldSpeed,
        firstPages,
        pages,
        thinkSeconds,
        silentEnd,
        idleTailSeconds,
        noShow,
        waits);
  }

  /** Pods that spend such a share of a request's time waiting for something else. */
  public Nature withWaits(double share) {
    return new Nature(
        serviceSeconds,
        requestsPerSecond,
        warmUpWork,
        coldSpeed,
        firstPages,
        pages,
        thinkSeconds,
        silentEnd,
        idleTailSeconds,
        noShow,
        share);
  }

  /**
   * Pods of another kind.
   *
   * @param perSecond requests a second that a warm one serves
   * @param speed speed of a cold one by that of a warm one
   */
  public Nature withRate(double perSecond, double speed) {
    return new Nature(
        serviceSeconds,
        perSecond,
        warmUpWork,
        speed,
        firstPages,
        pages,
        thinkSeconds,
        silentEnd,
        idleTailSeconds,
        noShow,
        waits);
  }

  /** Requests that a pod works on at a time, those that wait for something else left out. */
  double workers() {
    return knee() * (1 - waits);
  }

  /** Requests in flight on a warm pod beyond which more of them take longer, not serve more. */
  public double knee() {
    return requestsPerSecond * serviceSeconds;
  }

  /** Requests of one session, in the mean. */
  public double requestsPerSession() {
    return firstPages + pages;
  }

  /** D: how long one session holds its place, in the mean, while pods are not busy. */
  public double holdSeconds() {
    return firstPages * serviceSeconds
        + (firstPages - 1) * FIRST_GAP_SECONDS
        + pages * (thought() + serviceSeconds)
        + silentEnd * idleTailSeconds;
  }

  private double thought() {
    return thinkSeconds * (1 - Math.exp(-THINK_MAX_SECONDS / thinkSeconds));
  }

  /**
   * Sessions whose requests, over all the time they hold their places, are just what a pod serves.
   */
  public double sessionsPerPod() {
    return requestsPerSecond * holdSeconds() / requestsPerSession();
  }
}
