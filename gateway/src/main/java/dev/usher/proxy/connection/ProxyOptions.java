package dev.usher.proxy.connection;

import dev.usher.pods.PodTls;
import dev.usher.server.LeastRate;
import java.time.Duration;

/**
 * How requests are forwarded to one upstream.
 *
 * @param connectTimeout longest wait for a connection to a pod
 * @param requestTimeout longest time without any progress of the answer
 * @param hold how long an admitted request waits for a slot while all pods are at their cap
 * @param podIdle time without a request after which a pooled connection is closed, or earlier if
 *     the pod says so
 * @param connectionsPerPod pooled connections to one pod, for each event loop
 * @param outside what one address may have on its way outside every room
 * @param leastRate rate that visitors must keep while bodies wait for them
 * @param podTls how to tell that a pod that speaks TLS is ours
 */
public record ProxyOptions(
    Duration connectTimeout,
    Duration requestTimeout,
    Duration hold,
    Duration podIdle,
    int connectionsPerPod,
    OutsideOptions outside,
    LeastRate leastRate,
    PodTls podTls) {
  /**
   * Shorter than the time for which common servers keep an idle connection, the shortest of which
   * is 5 s.
   */
  private static final Duration POD_IDLE = Duration.ofSeconds(4);

  /** Options with idle connections kept no longer than suits most servers. */
  public ProxyOptions(
      Duration connectTimeout, Duration requestTimeout, Duration hold, int connectionsPerPod) {
    this(connectTimeout, requestTimeout, hold, POD_IDLE, connectionsPerPod, OutsideOptions.DEFAULT);
  }

  /** Options without a rate that visitors must keep. */
  public ProxyOptions(
      Duration connectTimeout,
      Duration requestTimeout,
      Duration hold,
      Duration podIdle,
      int connectionsPerPod,
      OutsideOptions outside) {
    this(
        connectTimeout,
        requestTimeout,
        hold,
        podIdle,
        connectionsPerPod,
        outside,
        LeastRate.NONE,
        PodTls.USUAL);
  }

  /** These options, with other ways to tell that a pod is ours. */
  public ProxyOptions knowing(PodTls pods) {
    return new ProxyOptions(
        connectTimeout, requestTimeout, hold, podIdle, connectionsPerPod, outside, leastRate, pods);
  }

  /** These options, with this rate for visitors. */
  public ProxyOptions atLeast(LeastRate rate) {
    return new ProxyOptions(
        connectTimeout, requestTimeout, hold, podIdle, connectionsPerPod, outside, rate, podTls);
  }
}
