/** An admitted request on its way to a pod and back. */
@NullMarked
package dev.usher.proxy;

import org.jspecify.annotations.NullMarked;
