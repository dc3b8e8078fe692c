/** Pods followed through the Kubernetes API. */
@NullMarked
package dev.usher.pods.kubernetes;

import org.jspecify.annotations.NullMarked;
