package dev.usher.admission;

/**
 * What a cold pod still lacks.
 *
 * @param aged the part of its warm-up that is over, 0 to 1
 * @param worked the part that it has given of the answers that show that it is warm, 0 to 1
 * @param evident whether its answers in time say that it is warmer than by both
 * @param seconds until it is warm if it goes on as lately; NaN when nothing tells
 */
public record Warming(double aged, double worked, boolean evident, double seconds) {}
