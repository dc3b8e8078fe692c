/** Which request gets a slot on which pod. On the path of every admitted request. */
@NullMarked
package dev.usher.pods.slots;

import org.jspecify.annotations.NullMarked;
