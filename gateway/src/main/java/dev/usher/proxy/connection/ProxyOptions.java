package dev.usher.proxy.connection;

import dev.usher.pods.PodTls;
import dev.usher.server.LeastRate;
import java.time.Duration;

/**
 * How requests are passed on to one upstream.
 *
 * @param connectTimeout longest wait for a connection to a pod
 * @param requestTimeout longest time without any progress of the answer
 * @param hold how long an admitted request waits for a slot while all pods are at their cap
 * @param podIdle a pooled connection is closed after so long without a request, or before, where
 *     the pod says so
 * @param connectionsPerPod pooled connections to one pod, for each event loop
 * @param outside what one address may have on its way outside every room
 * @param leastRate of visitors, while bodies wait for them
 * @param podTls how pods that speak TLS are known
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
  /** Shorter than what common servers keep an idle connection: 5 s is the least among them. */
  private static final Duration POD_IDLE = Duration.ofSeconds(4);

  /** With connections to pods idle for no longer than suits most servers. */
  public ProxyOptions(
      Duration connectTimeout, Duration requestTimeout, Duration hold, int connectionsPerPod) {
    this(connectTimeout, requestTimeout, hold, POD_IDLE, connectionsPerPod, OutsideOptions.DEFAULT);
  }

  /** Without a rate that visitors must keep. */
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

  /** The same for pods that are known so. */
  public ProxyOptions knowing(PodTls pods) {
    return new ProxyOptions(
        connectTimeout, requestTimeout, hold, podIdle, connectionsPerPod, outside, leastRate, pods);
  }

  /** The same for visitors who must keep this rate. */
  public ProxyOptions atLeast(LeastRate rate) {
    return new ProxyOptions(
        connectTimeout, requestTimeout, hold, podIdle, connectionsPerPod, outside, rate, podTls);
  }
}
