package dev.usher.sim.plant;

import dev.usher.sim.time.Chance;

/**
 * The truth about the pods and their visitors under one seed, hidden from every gate.
 *
 * @param serviceSeconds T0: mean time of a request on an idle warm pod
 * @param requestsPerSecond mu: most requests per second that a warm pod can serve
 * @param warmUpWork requests after which a pod is warm
 * @param coldSpeed speed of a pod that has served nothing, relative to a warm one
 * @param firstPages pages that a visitor opens at once
 * @param pages mean number of pages after these
 * @param thinkSeconds Z: mean time between an answer and the next page
 * @param silentEnd share of sessions that end silently, and hold their place until it expires
 * @param idleTailSeconds mean time such a place is held after the last page
 * @param noShow share of visitors who are gone before they are let in
 * @param waits share of a request's time on an idle warm pod that it waits for something else, such
 *     as a database, and costs the pod nothing
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

  /** The longest think time; beyond it the session would have ended meanwhile. */
  public static final double THINK_MAX_SECONDS = 45;

  private static final double VARIES = 0.5;

  /** The values that seeds vary around. */
  public static Nature middle(double idleTailSeconds) {
    return new Nature(0.2, 30, 1500, 0.33, 3, 15, 8, 0.2, idleTailSeconds, 0, 0);
  }

  /** Varies each figure that no operator sets, by up to half. */
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

  /** With pods that spend this share of a request's time waiting for something else. */
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
   * With pods of another kind.
   *
   * @param perSecond requests per second that a warm one serves
   * @param speed speed of a cold one relative to a warm one
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

  /** Requests that a pod works on at a time, excluding those that wait for something else. */
  double workers() {
    return knee() * (1 - waits);
  }

  /** Requests in flight on a warm pod beyond which more requests only take longer. */
  public double knee() {
    return requestsPerSecond * serviceSeconds;
  }

  /** Mean number of requests in one session. */
  public double requestsPerSession() {
    return firstPages + pages;
  }

  /** D: mean time that one session holds its place while pods are not busy. */
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
   * The number of sessions whose requests, over the time they hold their places, are just what a
   * pod can serve.
   */
  public double sessionsPerPod() {
    return requestsPerSecond * holdSeconds() / requestsPerSession();
  }
}
