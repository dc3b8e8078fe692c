package dev.usher.capacity;

import dev.usher.admission.Declared;
import dev.usher.admission.Tuning;
import dev.usher.room.Pod;
import java.time.Duration;
import java.util.List;

/**
 * The pods of one upstream and what each of them bears.
 *
 * @param name the upstream's name
 * @param pods the static list of pods
 * @param declared what one warm pod bears
 * @param tuning how careful the controller is
 * @param holdQueue requests that may wait for a slot at once; beyond it, 503 at once
 * @param probe how readiness is asked
 * @param streamsShare share of the slots that streams may hold
 */
public record UpstreamOptions(
    String name,
    List<Pod> pods,
    Declared declared,
    Tuning tuning,
    int holdQueue,
    ProbeOptions probe,
    double streamsShare) {
  /** The share of the slots that streams may hold, where nothing else is said. */
  public static final double STREAMS_SHARE = 0.5;

  public UpstreamOptions(
      String name,
      List<Pod> pods,
      Declared declared,
      Tuning tuning,
      int holdQueue,
      ProbeOptions probe) {
    this(name, pods, declared, tuning, holdQueue, probe, STREAMS_SHARE);
  }

  /**
   * The readiness probe: an HTTP GET that a ready pod answers with 2xx.
   *
   * @param path asked path
   * @param interval time between two probes of a pod
   * @param timeout longest wait for the answer
   * @param readyAfter successes in a row that make a pod ready
   * @param unreadyAfter failures in a row that make it unready
   */
  public record ProbeOptions(
      String path, Duration interval, Duration timeout, int readyAfter, int unreadyAfter) {}
}
