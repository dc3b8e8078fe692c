package dev.usher.sim.scenario;

import java.util.List;

/** A situation to simulate, and what must hold in it under every seed. */
public final class Scenario {
  private final String name;
  private final String says;
  private final Setup setup;
  private final List<FigureTarget> targets;

  Scenario(String name, String says, Setup setup, FigureTarget... targets) {
    this.name = name;
    this.says = says;
    this.setup = setup;
    this.targets = List.of(targets);
  }

  public String name() {
    return name;
  }

  /** What happens, in a sentence. */
  public String says() {
    return says;
  }

  public List<FigureTarget> targets() {
    return targets;
  }

  Setup setup() {
    return setup;
  }
}
