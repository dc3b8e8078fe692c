/**
 * The controller that admits at the measured capacity of the pods: how it measures, trusts and
 * trims.
 */
@NullMarked
package dev.usher.admission.capacity;

import org.jspecify.annotations.NullMarked;
