package dev.usher.sim.crowd;

import dev.usher.sim.gate.Reading;

/**
 * One second of a run.
 *
 * @param seconds since the opening
 * @param capacity sessions that the pods could really carry
 * @param reading what the gate said of itself
 * @param sessions places held
 * @param atDoor visitors neither inside nor gone
 * @param live pods that serve
 * @param pods pods that there are
 * @param offered requests offered to pods in this second
 * @param bearable requests that these could serve in it
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
