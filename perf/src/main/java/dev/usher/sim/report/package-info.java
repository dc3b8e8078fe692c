/** The suite of all scenarios, its tables and charts. */
@NullMarked
package dev.usher.sim.report;

import org.jspecify.annotations.NullMarked;
