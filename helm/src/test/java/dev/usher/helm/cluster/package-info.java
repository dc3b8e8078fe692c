/** What is proven on a real Kubernetes, the one that KUBECONFIG names. */
@NullMarked
package dev.usher.helm.cluster;

import org.jspecify.annotations.NullMarked;
