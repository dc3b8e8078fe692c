package dev.usher.cli.demo;

import java.time.Duration;

/**
 * The plan of the demo.
 *
 * @param visitors how many come within one second
 * @param sessionsPerPod visitors that one ready pod is declared to carry; Usher uses somewhat less
 * @param maxInFlightPerPod requests that one pod is given at once
 * @param coldStart how long a pod takes to start
 * @param straight how long the crowd that goes straight to the pods is watched
 * @param throughUsher how long the crowd that comes through Usher is watched
 * @param overHttp2 how many of them come once more over HTTP/2, and when
 * @param seed makes both crowds the same
 */
record DemoPlan(
    int visitors,
    int sessionsPerPod,
    int maxInFlightPerPod,
    Duration coldStart,
    Duration straight,
    Duration throughUsher,
    Later overHttp2,
    long seed) {

  /** A crowd that comes after the others. */
  record Later(int visitors, Duration within, Duration lasting) {}

  static final int PODS = 2;

  private static final int SESSIONS_PER_POD = 100;

  /**
   * Far more than the pods carry. They take longer to come, because each one costs both sides a
   * handshake, fifteen milliseconds on each side while neither is warm.
   */
  private static final int HTTP2_VISITORS = 1_000;

  private static final int BRIEF_HTTP2_VISITORS = 300;

  /** All sessions of a pod may open a page at once, as they do when a sale begins. */
  private static final int MAX_IN_FLIGHT_PER_POD = SESSIONS_PER_POD;

  static DemoPlan full(int visitors, long seed) {
    return new DemoPlan(
        visitors,
        SESSIONS_PER_POD,
        MAX_IN_FLIGHT_PER_POD,
        Duration.ofSeconds(15),
        Duration.ofSeconds(25),
        Duration.ofSeconds(60),
        new Later(
            Math.min(visitors, HTTP2_VISITORS), Duration.ofSeconds(20), Duration.ofSeconds(45)),
        seed);
  }

  /** Small enough for every build, and still real: the pods do die. */
  static DemoPlan brief(int visitors, long seed) {
    return new DemoPlan(
        visitors,
        SESSIONS_PER_POD,
        MAX_IN_FLIGHT_PER_POD,
        Duration.ofSeconds(5),
        Duration.ofSeconds(8),
        Duration.ofSeconds(15),
        new Later(
            Math.min(visitors, BRIEF_HTTP2_VISITORS),
            Duration.ofSeconds(10),
            Duration.ofSeconds(25)),
        seed);
  }
}
