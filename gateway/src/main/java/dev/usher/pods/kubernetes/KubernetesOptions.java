package dev.usher.pods.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * The Service whose pods are an upstream.
 *
 * @param namespace its namespace; null for the one Usher itself runs in
 * @param service its name
 * @param port the name of its port, or the number of the pods' port; null if it has only one
 * @param tls whether requests to its pods use TLS
 * @param preferZone whether pods in this replica's own zone come first
 * @param opensGate whether Usher opens the readiness gate {@code usher.dev/warm} of pods that have
 *     it
 */
public record KubernetesOptions(
    @Nullable String namespace,
    String service,
    @Nullable String port,
    boolean tls,
    boolean preferZone,
    boolean opensGate) {}
