package dev.usher.admission;

/**
 * What one pod may be given.
 *
 * @param pod its name
 * @param warmth share of a warm pod's work it can do, 0 when it may get none, 1 when warm
 * @param cap most requests in flight, 0 when it may get none
 */
public record PodLimit(String pod, double warmth, int cap) {}
