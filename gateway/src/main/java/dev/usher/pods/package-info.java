/** The pods of an upstream as others see them: ports and values. */
@NullMarked
package dev.usher.pods;

import org.jspecify.annotations.NullMarked;
