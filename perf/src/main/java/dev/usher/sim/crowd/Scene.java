package dev.usher.sim.crowd;

import dev.usher.sim.gate.FrontGate;
import dev.usher.sim.gate.Patience;
import dev.usher.sim.plant.Nature;
import dev.usher.sim.time.Journal;
import dev.usher.sim.time.Timeline;

/**
 * The world around the visitors.
 *
 * @param timeline virtual time
 * @param gate what they meet
 * @param nature what they are like
 * @param patience how long they wait for an answer
 * @param habits what else they do
 * @param journal records what they do
 * @param ledger counts what they do
 */
public record Scene(
    Timeline timeline,
    FrontGate gate,
    Nature nature,
    Patience patience,
    Habits habits,
    Journal journal,
    Ledger ledger) {}
