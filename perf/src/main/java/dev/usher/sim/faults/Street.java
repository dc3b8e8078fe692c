package dev.usher.sim.faults;

import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.Patience;
import dev.usher.sim.gate.World;
import dev.usher.sim.time.Appointment;
import dev.usher.sim.time.Chance;
import dev.usher.sim.time.Journal;
import dev.usher.sim.usher.ReplicaFleet;
import dev.usher.token.Pass;

/** Where the visitors are, and how many are in which state. */
final class Street {
  private final World world;
  private final ReplicaFleet fleet;
  private final PromiseWitness witness;
  private final double work;
  private final Chance chance;
  private final Patience patience;
  private final Ingress ingress = new Ingress();
  private double measuredFrom = Double.POSITIVE_INFINITY;
  private double resumedAt = Double.NaN;
  private int settled;

  /**
   * @param work the work of a page, in seconds on an idle pod
   */
  Street(World world, ReplicaFleet fleet, PromiseWitness witness, double work) {
    this.world = world;
    this.fleet = fleet;
    this.witness = witness;
    this.work = work;
    this.chance = world.chance().of("persons");
    // Nobody abandons a request: what a pod still works on then would count against its cap.
    this.patience = new Patience(world.timeline(), Double.POSITIVE_INFINITY);
  }

  double seconds() {
    return world.timeline().seconds();
  }

  Appointment after(double seconds, Runnable task) {
    return world.timeline().after(seconds, task);
  }

  Journal journal() {
    return world.journal();
  }

  Chance chance() {
    return chance;
  }

  ReplicaFleet fleet() {
    return fleet;
  }

  Ingress ingress() {
    return ingress;
  }

  /** Whether a visitor's pass has expired. */
  boolean hasRunOut(Caller caller) {
    Pass pass = caller.pass;
    return pass == null || seconds() >= ReplicaFleet.begun(pass.expiresAt() / 1000);
  }

  PromiseWitness witness() {
    return witness;
  }

  Patience patience() {
    return patience;
  }

  double work() {
    return work;
  }

  /** Begins to measure the time until the next visitor comes in. */
  void measure() {
    measuredFrom = seconds();
  }

  void admitted() {
    if (Double.isNaN(resumedAt) && seconds() >= measuredFrom) {
      resumedAt = seconds();
    }
  }

  /** Seconds until the next visitor came in; NaN before that. */
  double resumed() {
    return resumedAt - measuredFrom;
  }

  /** A visitor will do nothing more. */
  void settledOne() {
    settled++;
  }

  int settled() {
    return settled;
  }
}
