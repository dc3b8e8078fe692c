/** What is proven on a real Kubernetes, the one that KUBECONFIG names. */
@NullMarked
package dev.usher.helm.proof;

import org.jspecify.annotations.NullMarked;
