/** When people who wait come in, as far as that can be told: plain numbers in, a range out. */
@NullMarked
package dev.usher.forecast;

import org.jspecify.annotations.NullMarked;
