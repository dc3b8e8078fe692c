package dev.usher.provision.floor;

/**
 * Who looks at an object, and when.
 *
 * @param usher which Usher
 * @param upstream for which of its upstreams
 * @param fence the term for which this replica leads
 * @param now milliseconds since 1970
 */
record FloorTurn(String usher, String upstream, long fence, long now) {}
