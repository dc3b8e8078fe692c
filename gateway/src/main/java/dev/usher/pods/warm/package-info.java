/** How cold pods are warmed by Usher's own calls, before visitors come to them. */
@NullMarked
package dev.usher.pods.warm;

import org.jspecify.annotations.NullMarked;
