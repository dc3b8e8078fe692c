package dev.usher.pods;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of one upstream: its pods, and what each of them bears.
 *
 * @param name the upstream's name
 * @param pods the static list of pods
 * @param declared what one warm pod bears
 * @param tuning how careful the controller is
 * @param holdQueue requests that may wait for a slot at once; beyond it, 503 at once
 * @param probe how pods are probed for readiness
 * @param streamsShare share of the slots that streams may hold
 * @param sticky whether the requests of a session go to the same pod
 * @param warmUpPaths what cold pods are asked for before visitors come to them; empty if they are
 *     not
 */
public record UpstreamOptions(
    String name,
    List<Pod> pods,
    Declared declared,
    Tuning tuning,
    int holdQueue,
    ProbeOptions probe,
    double streamsShare,
    Sticky sticky,
    List<String> warmUpPaths) {
  /** The share of the slots that streams may hold by default. */
  public static final double STREAMS_SHARE = 0.5;

  public UpstreamOptions(
      String name,
      List<Pod> pods,
      Declared declared,
      Tuning tuning,
      int holdQueue,
      ProbeOptions probe) {
    this(name, pods, declared, tuning, holdQueue, probe, STREAMS_SHARE, Sticky.OFF, List.of());
  }

  /**
   * The readiness probe: an HTTP GET.
   *
   * @param path the path requested
   * @param interval time between two probes of a pod
   * @param timeout longest wait for the answer
   * @param readyAfter successes in a row that make a pod ready
   * @param unreadyAfter failures in a row that make it unready
   * @param answer what it asks for, and which answers it takes for a ready pod's
   */
  public record ProbeOptions(
      String path,
      Duration interval,
      Duration timeout,
      int readyAfter,
      int unreadyAfter,
      ProbeAnswer answer) {
    public ProbeOptions(
        String path, Duration interval, Duration timeout, int readyAfter, int unreadyAfter) {
      this(path, interval, timeout, readyAfter, unreadyAfter, ProbeAnswer.USUAL);
    }
  }

  /**
   * Which answers to a probe are those of a ready pod.
   *
   * @param least lowest status that counts as ready
   * @param most highest status that counts as ready
   * @param host the site asked for, if the pod does not answer to its own address
   * @param tls how to tell that a pod that speaks TLS is ours
   */
  public record ProbeAnswer(int least, int most, @Nullable String host, PodTls tls) {
    /** The answers that the kubelet accepts. */
    public static final ProbeAnswer USUAL = new ProbeAnswer(200, 399, null);

    public ProbeAnswer(int least, int most, @Nullable String host) {
      this(least, most, host, PodTls.USUAL);
    }

    public boolean isReady(int status) {
      return least <= status && status <= most;
    }

    /** The statuses as they are written in the configuration. */
    public String statuses() {
      return least == most ? String.valueOf(least) : least + "-" + most;
    }
  }
}
