/**
 * What replicas keep together of an upstream: its leader, the slots of its pods, and their work.
 */
@NullMarked
package dev.usher.store.upstream;

import org.jspecify.annotations.NullMarked;
