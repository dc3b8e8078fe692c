/**
 * Visitors over HTTP, the diary of what they were told, and the promises that it must keep: one of
 * each for the plays with faults and those on a cluster. The drill has its own visitors: browsers
 * by the thousand, who know no key and whose answers are counted, not kept.
 */
@NullMarked
package dev.usher.visit;

import org.jspecify.annotations.NullMarked;
