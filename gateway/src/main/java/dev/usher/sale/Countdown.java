package dev.usher.sale;

/**
 * The opening that visitors wait for, and how long it is off. By that they need no clock that is
 * right.
 *
 * @param opening the opening
 * @param leftMillis the time until then, in milliseconds
 */
public record Countdown(Opening opening, long leftMillis) {}
