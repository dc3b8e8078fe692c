/** Proves Usher on a Kubernetes that runs: the one that KUBECONFIG names. */
@NullMarked
package dev.usher.helm.cluster;

import org.jspecify.annotations.NullMarked;
