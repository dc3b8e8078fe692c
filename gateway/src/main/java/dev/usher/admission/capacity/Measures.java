package dev.usher.admission.capacity;

/**
 * What visitors do, measured over the last half minute; where little was seen, what was assumed
 * weighs more.
 *
 * @param share share of the upstream's traffic that this replica sees, 0 to 1
 * @param settled sessions older than five seconds
 * @param perSettled requests a second of one of those
 * @param perSession requests a second of a session of any age
 * @param first requests of a session in its first five seconds
 * @param sessionSeconds how long a session lasts, 0 while unknown
 * @param ending sessions that end in a second
 * @param load requests a second now, on all replicas
 * @param roomless of these, those of nobody's session
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
