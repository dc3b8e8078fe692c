/** Which pods exist and how they stand: readiness, ejection, counts. The cold side. */
@NullMarked
package dev.usher.pods.roster;

import org.jspecify.annotations.NullMarked;
