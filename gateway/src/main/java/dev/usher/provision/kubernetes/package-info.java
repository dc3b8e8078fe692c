/** Who adds the pods of an upstream, as the Kubernetes API tells it. */
@NullMarked
package dev.usher.provision.kubernetes;

import org.jspecify.annotations.NullMarked;
