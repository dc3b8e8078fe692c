/** Which pods are ready, as the Kubernetes API says. */
@NullMarked
package dev.usher.capacity.kubernetes;

import org.jspecify.annotations.NullMarked;
