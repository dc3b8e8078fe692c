package dev.usher.sim.scenario;

import dev.usher.sim.crowd.Crowd;
import dev.usher.sim.crowd.Habits;
import dev.usher.sim.plant.Nature;
import dev.usher.sim.usher.SimSale;
import dev.usher.sim.usher.UsherGate;
import dev.usher.sim.usher.UsherOptions.ReplicaOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a scenario begins with, and what happens in it. Built once, then only read. */
final class Setup {
  /** How long pods that join are looked at: they need as long to start, and to get warm. */
  static final double JOIN_SECONDS = 180;

  /** The soonest that a pod is ready after its start. */
  private static final double SOONEST_SECONDS = 35;

  final List<Crowd> crowds = new ArrayList<>();
  final List<Mishap> mishaps = new ArrayList<>();

  /** When replicas are replaced, in seconds after the opening. */
  final List<Double> replaced = new ArrayList<>();

  /** When a pod becomes ill and when it recovers, in seconds after the opening; NaN for never. */
  double illFrom = Double.NaN;

  double illUntil = Double.NaN;

  /** When new pods begin to join, in seconds after the opening; NaN for never. */
  double joinFrom = Double.NaN;

  List<Integer> weights = List.of(1);
  List<ReplicaOptions> replicas = List.of(ReplicaOptions.GOOD);
  UnaryOperator<Nature> middle = nature -> nature;
  UnaryOperator<Nature> truth = nature -> nature;
  int pods = 30;
  int podsMax = 30;
  boolean warm = true;
  boolean proven = true;
  boolean listed;
  boolean calls;
  boolean byNumber;
  double declaredWrongBy = 1;
  double learnUpTo = 1;
  double lasts = 900;
  Habits habits = Habits.USUAL;

  /** What Usher is told of before, in seconds after the opening; null for nothing. */
  @Nullable SimSale sale;

  /** The whole crowd of a sale within a second. */
  static Setup sale() {
    return new Setup().crowd(new Crowd(0, 15_000, 0, 1)).like(nature -> nature.withNoShow(0.05));
  }

  Setup crowd(Crowd crowd) {
    crowds.add(crowd);
    return this;
  }

  /** The true nature, before a seed varies it. */
  Setup like(UnaryOperator<Nature> figures) {
    UnaryOperator<Nature> before = middle;
    middle = nature -> figures.apply(before.apply(nature));
    return this;
  }

  /** Sets a true nature that differs from what was declared. */
  Setup inTruth(UnaryOperator<Nature> figures) {
    truth = figures;
    return this;
  }

  Setup pods(int count, boolean areWarm) {
    pods = count;
    podsMax = count;
    warm = areWarm;
    return this;
  }

  Setup scaledTo(int most) {
    podsMax = most;
    return this;
  }

  /** Scaled to at most so many pods, by the number that Usher asks for. */
  Setup scaledByNumber(int most) {
    byNumber = true;
    return scaledTo(most);
  }

  Setup declared(double wrongBy, double tryMore) {
    declaredWrongBy = wrongBy;
    learnUpTo = tryMore;
    return unproven();
  }

  /**
   * Usher is told of a sale.
   *
   * @param gathersFrom from when on its visitors gather, in seconds after the start
   * @param opensAt when they are let in, likewise
   */
  Setup told(double gathersFrom, double opensAt, int visitors, double within) {
    byNumber = true;
    sale = new SimSale(gathersFrom, opensAt, visitors, within);
    return this;
  }

  /** Lets this share of waiting visitors silently go away, and come back. */
  Setup absences(double share) {
    habits = new Habits(share, habits.unsafe());
    return this;
  }

  Setup rooms(Integer... ofWeight) {
    weights = List.of(ofWeight);
    return this;
  }

  Setup replicas(ReplicaOptions... all) {
    replicas = List.of(all);
    return this;
  }

  /** A replica is replaced by another at this time. */
  Setup replacing(double seconds, Consumer<UsherGate> replace) {
    replaced.add(seconds);
    return when(
        seconds,
        site -> {
          if (site.usher() != null) {
            replace.accept(site.usher());
          }
        });
  }

  /** During that time one pod has this speed, and fails this share of its requests. */
  Setup illness(double from, double until, double speed, double failing) {
    illFrom = from;
    illUntil = until;
    when(from, site -> site.cluster().makeIll(site.cluster().live().get(0), speed, failing));
    return when(until, site -> site.cluster().makeIll(site.cluster().live().get(0), 1, 0));
  }

  Setup when(double seconds, Consumer<Mishap.Site> strikes) {
    mishaps.add(new Mishap(seconds, strikes));
    return this;
  }

  /** Nobody has seen these pods carry what they were declared to. */
  Setup unproven() {
    proven = false;
    return this;
  }

  /** The pods are listed: only probes tell about them. */
  Setup listed() {
    listed = true;
    return this;
  }

  /** Usher warms cold pods by calls of its own. */
  Setup calling() {
    calls = true;
    return this;
  }

  /** As many pods again are started at this time. */
  Setup doubling(double seconds) {
    joinFrom = seconds + SOONEST_SECONDS;
    return when(seconds, site -> site.cluster().scaleTo(2 * pods));
  }

  Setup lasting(double seconds) {
    lasts = seconds;
    return this;
  }
}
