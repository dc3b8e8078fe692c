/** Charts of what happened over time. */
@NullMarked
package dev.usher.chart;

import org.jspecify.annotations.NullMarked;
