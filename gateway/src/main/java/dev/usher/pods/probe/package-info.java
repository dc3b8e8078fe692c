/** Pods asked by ourselves whether they are ready. */
@NullMarked
package dev.usher.pods.probe;

import org.jspecify.annotations.NullMarked;
