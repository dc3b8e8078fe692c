package dev.usher.sim.gate;

import dev.usher.sim.plant.Nature;

/**
 * What an operator would declare for one pod: the truth about the simulated pods, rounded, unless a
 * scenario says that it is wrong.
 *
 * @param sessions sessions it can carry
 * @param requestsPerSecond requests per second it can serve
 * @param maxInFlight requests that it may have in flight: three times those at the knee
 * @param responseSeconds mean time of a request while it is idle
 */
public record DeclaredBefore(
    int sessions, double requestsPerSecond, int maxInFlight, double responseSeconds) {

  /** For pods of this nature, with sessions and requests wrong by a factor. */
  public static DeclaredBefore of(Nature nature, double wrongBy) {
    long tens = Math.round(nature.sessionsPerPod() * wrongBy / 10);
    double hundredths = Math.round(nature.serviceSeconds() * 100) / 100.0;
    return new DeclaredBefore(
        (int) Math.max(10, tens * 10),
        nature.requestsPerSecond() * wrongBy,
        (int) Math.max(2, Math.round(3 * nature.knee() * wrongBy)),
        Math.max(0.01, hundredths));
  }
}
