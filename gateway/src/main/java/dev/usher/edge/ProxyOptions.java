package dev.usher.edge;

import java.time.Duration;

/**
 * How requests are passed on to one upstream.
 *
 * @param connectTimeout longest wait for a connection to a pod
 * @param requestTimeout longest time without any progress of the answer
 * @param hold how long an admitted request waits for a slot while all pods are at their cap
 * @param connectionsPerPod pooled connections to one pod, for each event loop
 */
public record ProxyOptions(
    Duration connectTimeout, Duration requestTimeout, Duration hold, int connectionsPerPod) {}
