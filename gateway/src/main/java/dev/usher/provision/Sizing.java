package dev.usher.provision;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;

/**
 * Everything that the size of an upstream is computed from, besides measurements.
 *
 * @param declared what one of its pods bears
 * @param tuning what is left free, and how long a pod needs to get warm
 */
public record Sizing(Scaling scaling, Declared declared, Tuning tuning) {}
