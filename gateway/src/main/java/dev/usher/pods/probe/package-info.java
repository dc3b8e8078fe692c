/** Pods whose readiness the gateway probes itself. */
@NullMarked
package dev.usher.pods.probe;

import org.jspecify.annotations.NullMarked;
