package dev.usher.sim.crowd;

import dev.usher.sim.gate.Reading;

/**
 * One second of a run.
 *
 * @param seconds since the opening
 * @param capacity sessions that the pods could really carry
 * @param reading what the gate reported about itself
 * @param sessions places held
 * @param atDoor visitors neither inside nor gone
 * @param live pods that serve
 * @param pods pods that exist
 * @param offered requests offered to pods in this second
 * @param bearable requests that the pods could serve in this second
 */
public record CrowdMoment(
    double seconds,
    double capacity,
    Reading reading,
    int sessions,
    int atDoor,
    int live,
    int pods,
    double offered,
    double bearable) {}
