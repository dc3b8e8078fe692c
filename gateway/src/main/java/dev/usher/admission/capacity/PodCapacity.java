package dev.usher.admission.capacity;

import dev.usher.admission.Declared;

/** What one warm pod bears: as declared or, if it is not, as derived from the rest. */
final class PodCapacity {
  /** A pod begins to thrash well above the requests it works on at its best rate. */
  private static final double IN_FLIGHT_PER_KNEE = 3;

  /** The figure if neither a rate nor a response time is known. */
  private static final int IN_FLIGHT_UNKNOWN = 50;

  private static final double RESPONSE_UNKNOWN = 0.3;

  /**
   * An operator who says that a pod bears so many sessions also says that they may come within this
   * time.
   */
  private static final double COME_WITHIN_SECONDS = 30;

  private Declared declared;

  PodCapacity(Declared declared) {
    this.declared = declared;
  }

  Declared declared() {
    return declared;
  }

  void reconfigure(Declared changed) {
    declared = changed;
  }

  /**
   * What one warm pod bears.
   *
   * @param sessions sessions
   * @param requests requests a second
   * @param inFlight requests in flight
   */
  record OfPod(double sessions, double requests, double inFlight) {}

  OfPod of(Measures measures, double baselineSeconds) {
    double requests = requests(measures, baselineSeconds);
    double sessions =
        declared.sessions() > 0 ? declared.sessions() : requests / measures.perSession();
    return new OfPod(sessions, requests, inFlight(requests, baselineSeconds));
  }

  private double requests(Measures measures, double baselineSeconds) {
    if (declared.requestsPerSecond() > 0) {
      return declared.requestsPerSecond();
    }
    if (declared.sessions() > 0) {
      return declared.sessions() * (measures.perSession() + measures.first() / COME_WITHIN_SECONDS);
    }
    double response = baselineSeconds > 0 ? baselineSeconds : RESPONSE_UNKNOWN;
    return declared.maxInFlight() / (IN_FLIGHT_PER_KNEE * response);
  }

  private double inFlight(double requests, double baselineSeconds) {
    if (declared.maxInFlight() > 0) {
      return declared.maxInFlight();
    }
    // Without a declared rate, the cap would follow the very load that it should limit.
    return declared.requestsPerSecond() > 0 && baselineSeconds > 0
        ? Math.ceil(IN_FLIGHT_PER_KNEE * requests * baselineSeconds)
        : IN_FLIGHT_UNKNOWN;
  }
}
