package dev.usher.store.upstream;

/**
 * What one pod has done in its present life, summed over all replicas.
 *
 * @param life which life of which pod this is, as whoever watches the pods says; "" while only
 *     probes do
 * @param since when it became ready, by the store's time in milliseconds since 1970
 * @param answers requests that it answered
 * @param late of these, those that took longer than a pod that is well
 * @param failed requests that it failed
 * @param warmth as the leader said last, from 0 to 1: 0 while nothing is known, 1 when warm
 */
public record Work(String life, long since, long answers, long late, long failed, double warmth) {}
