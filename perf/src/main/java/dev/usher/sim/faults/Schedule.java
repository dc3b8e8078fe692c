package dev.usher.sim.faults;

import dev.usher.sim.time.Chance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What goes wrong in one run, and when.
 *
 * @param faults in order of time
 */
record Schedule(List<Fault> faults) {
  /** Time by which the room is full and people wait. */
  private static final double FROM = 10;

  private static final double ALL_LOST_SHARE = 0.06;

  private static final List<Fault.Kind> USUAL =
      List.copyOf(EnumSet.complementOf(EnumSet.of(Fault.Kind.ALL_LOST)));

  Schedule {
    faults = List.copyOf(faults);
  }

  /** Generates one to seven faults, more often than not several at once. */
  static Schedule drawn(Chance chance, int replicas) {
    double span = chance.between(10, 70);
    int count = 1 + chance.below(7);
    // Usually someone who remembers is left, so only the store may lose everything.
    int survivor = chance.below(replicas);
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      faults.add(fault(chance, FROM + chance.between(0, span), replicas, survivor));
    }
    faults.sort(Comparator.comparingDouble(Fault::at));
    return new Schedule(faults);
  }

  private static Fault fault(Chance chance, double at, int replicas, int survivor) {
    if (chance.happens(ALL_LOST_SHARE)) {
      return new Fault(Fault.Kind.ALL_LOST, at, chance.between(0.5, 10), -1, 0);
    }
    Fault.Kind kind = USUAL.get(chance.below(USUAL.size()));
    int seat = chance.below(replicas);
    return switch (kind) {
      case STORE_SILENT, STORE_REFUSES -> new Fault(kind, at, away(chance), -1, 0);
      case SILENT_FOR_ONE, REFUSES_ONE -> new Fault(kind, at, away(chance), seat, 0);
      case STORE_EMPTY -> new Fault(kind, at, chance.between(0.3, 20), -1, 0);
      case STORE_BEHIND -> new Fault(kind, at, chance.between(0, 10), -1, chance.between(0.1, 5));
      case FLUSHED, ALL_LOST -> new Fault(Fault.Kind.FLUSHED, at, 0, -1, 0);
      case ANSWERS_LOST -> new Fault(kind, at, chance.between(1, 10), -1, chance.between(0.1, 1));
      case SLOW -> new Fault(kind, at, chance.between(1, 20), -1, chance.between(0.1, 1.5));
      case INGRESS_CUT -> new Fault(kind, at, cut(chance), -1, chance.happens(0.3) ? 1 : 0);
      case STOPPED -> new Fault(kind, at, chance.between(1, 20), seat, 0);
      case KILLED -> killed(chance, at, seat, seat == survivor && replicas > 1);
    };
  }

  private static Fault killed(Chance chance, double at, int seat, boolean survives) {
    if (survives) {
      return new Fault(Fault.Kind.STOPPED, at, chance.between(1, 20), seat, 0);
    }
    boolean forever = chance.happens(0.2) && seat > 0;
    double until = forever ? Double.POSITIVE_INFINITY : chance.between(0.5, 20);
    return new Fault(Fault.Kind.KILLED, at, until, seat, 0);
  }

  /** A duration, short or long. */
  private static double away(Chance chance) {
    return chance.happens(0.5) ? chance.between(0.3, 4) : chance.between(4, 40);
  }

  /** A duration from half a minute to half an hour, seldom more than a few minutes. */
  private static double cut(Chance chance) {
    return chance.happens(0.1) ? chance.between(240, 1800) : chance.between(30, 240);
  }

  /** Whether visitors are cut off, so that all of them are still waiting when it ends. */
  boolean cutsOff() {
    return faults.stream().anyMatch(fault -> fault.kind() == Fault.Kind.INGRESS_CUT);
  }

  /** When the last of them ends. */
  double end() {
    return faults.stream().mapToDouble(Fault::end).max().orElse(FROM);
  }

  @Override
  public String toString() {
    return faults.stream().map(fault -> "  " + fault + "\n").collect(Collectors.joining());
  }
}
