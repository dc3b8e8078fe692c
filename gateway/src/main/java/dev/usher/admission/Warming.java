package dev.usher.admission;

/**
 * What a cold pod still lacks.
 *
 * @param aged the part of its warm-up that is over, 0 to 1
 * @param worked the part of the answers needed to show warmth that it has given, 0 to 1
 * @param evident whether timely answers show that it is warmer than by both of these
 * @param seconds seconds until it is warm if it goes on as lately; NaN if unknown
 */
public record Warming(double aged, double worked, boolean evident, double seconds) {}
