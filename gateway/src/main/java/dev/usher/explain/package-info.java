/** Says in words why nobody more comes in, as the operators' port of a running gateway tells it. */
@NullMarked
package dev.usher.explain;

import org.jspecify.annotations.NullMarked;
