package dev.usher.forecast;

/**
 * The people of one upstream at a step.
 *
 * @param now milliseconds; only differences matter
 * @param sessions sessions there are
 * @param waiting people who wait
 * @param admitted sessions that began, since the beginning
 * @param called people who were called, since the beginning
 * @param left people who gave up waiting before they were called, since the beginning
 */
public record Headcount(
    long now, long sessions, long waiting, long admitted, long called, long left) {}
