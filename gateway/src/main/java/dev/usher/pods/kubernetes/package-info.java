/** Pods followed by the Kubernetes API. */
@NullMarked
package dev.usher.pods.kubernetes;

import org.jspecify.annotations.NullMarked;
