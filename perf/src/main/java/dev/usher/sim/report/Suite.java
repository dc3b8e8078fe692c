package dev.usher.sim.report;

import dev.usher.sim.scenario.GateKind;
import dev.usher.sim.scenario.Results;
import dev.usher.sim.scenario.Run;
import dev.usher.sim.scenario.Scenario;
import dev.usher.sim.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs of many scenarios, gates and seeds, some in parallel; each has the same result as alone. */
public final class Suite {
  private final int seeds;
  private final int threads;

  /**
   * A suite.
   *
   * @param seeds runs of each scenario, with seeds from 1
   */
  public Suite(int seeds, int threads) {
    this.seeds = seeds;
    this.threads = threads;
  }

  private record One(Scenario scenario, GateKind gate, long seed) {}

  /** Every scenario with Usher, and those in which gates are compared with all gates. */
  public List<Results> all(Consumer<String> progress) {
    List<One> wanted = new ArrayList<>();
    for (Scenario scenario : Scenarios.all()) {
      for (GateKind gate : GateKind.values()) {
        boolean compared = Scenarios.COMPARED.contains(scenario.name());
        for (long seed = 1; seed <= seeds && (compared || gate == GateKind.USHER); seed++) {
          wanted.add(new One(scenario, gate, seed));
        }
      }
    }
    return run(wanted, progress);
  }

  /** One scenario with one gate under this many seeds, starting with this one. */
  public List<Results> one(Scenario scenario, GateKind gate, long firstSeed) {
    List<One> wanted = new ArrayList<>();
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      wanted.add(new One(scenario, gate, seed));
    }
    return run(wanted, done -> {});
  }

  private List<Results> run(List<One> wanted, Consumer<String> progress) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Results>> running = new ArrayList<>();
      for (One one : wanted) {
        running.add(pool.submit(() -> Run.of(one.scenario(), one.gate(), one.seed())));
      }
      List<Results> results = new ArrayList<>();
      for (int i = 0; i < wanted.size(); i++) {
        results.add(of(running.get(i), wanted.get(i)));
        if ((i + 1) % seeds == 0) {
          One one = wanted.get(i);
          progress.accept(one.scenario().name() + ", " + one.gate().title());
        }
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static Results of(Future<Results> running, One one) {
    try {
      return running.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          one.scenario().name() + ", " + one.gate() + ", seed " + one.seed() + " failed",
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted before all runs were over", e);
    }
  }
}
