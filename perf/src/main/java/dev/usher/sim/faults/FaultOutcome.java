package dev.usher.sim.faults;

/**
 * The outcome of one run in which every promise was kept.
 *
 * @param resumed seconds from the end of the last fault until the next visitor came in; NaN if
 *     nobody was waiting by then
 * @param forgotten how often the line was forgotten by the store and all replicas
 * @param beyond how many in a million requests found a pod beyond its cap
 * @param hash the same for two runs only if the same happened
 */
record FaultOutcome(
    long seed,
    Schedule schedule,
    int visitors,
    double resumed,
    int forgotten,
    double beyond,
    long hash) {}
