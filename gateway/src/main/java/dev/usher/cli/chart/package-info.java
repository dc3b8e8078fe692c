/** Charts of what happened over time. */
@NullMarked
package dev.usher.cli.chart;

import org.jspecify.annotations.NullMarked;
