package dev.usher.admission.capacity;

/**
 * What visitors do, measured over the last half minute; the less was seen, the more assumptions
 * weigh.
 *
 * @param share share of the upstream's traffic that this replica sees, 0 to 1
 * @param settled sessions older than five seconds
 * @param perSettled requests a second of a settled session
 * @param perSession requests a second of a session of any age
 * @param first requests of a session in its first five seconds
 * @param sessionSeconds mean length of a session, 0 while unknown
 * @param ending sessions that end a second
 * @param load requests a second now, on all replicas
 * @param roomless those of them without a session
 */
record Measures(
    double share,
    double settled,
    double perSettled,
    double perSession,
    double first,
    double sessionSeconds,
    double ending,
    double load,
    double roomless) {}
