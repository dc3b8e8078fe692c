/** Tests of the demo. */
@NullMarked
package dev.usher.demo;

import org.jspecify.annotations.NullMarked;
