package dev.usher.sim.crowd;

import dev.usher.sim.gate.FrontGate;
import dev.usher.sim.gate.Patience;
import dev.usher.sim.plant.Nature;
import dev.usher.sim.time.Journal;
import dev.usher.sim.time.Timeline;

/**
 * Where visitors are.
 *
 * @param timeline virtual time
 * @param gate what they meet
 * @param nature what they are like
 * @param patience and for how long they wait for an answer
 * @param habits what they do besides
 * @param journal what they do is noted here
 * @param ledger and counted here
 */
public record Scene(
    Timeline timeline,
    FrontGate gate,
    Nature nature,
    Patience patience,
    Habits habits,
    Journal journal,
    Ledger ledger) {}
