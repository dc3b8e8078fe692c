package dev.usher.cli.drill;

/**
 * A sample of what Usher's ops port says.
 *
 * @param capacity sessions the ready pods can carry
 * @param sessions sessions now
 * @param waiting visitors in the line
 * @param readyPods pods that are ready
 */
public record OpsSample(long capacity, long sessions, long waiting, int readyPods) {}
