package dev.usher.sim;

import dev.usher.sim.scenario.Scenario;
import dev.usher.sim.scenario.Scenarios;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The simulator's commands. */
@Command(
    name = "sim",
    description = "Runs Usher's own classes against a plant model, in virtual time.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(commands().execute(args));
  }

  static CommandLine commands() {
    CommandLine commands = new CommandLine(new Main());
    commands.addSubcommand(new RunCommand());
    commands.addSubcommand(new ListCommand());
    commands.getSubcommands().values().forEach(each -> each.setUsageHelpAutoWidth(true));
    return commands.setUsageHelpAutoWidth(true);
  }

  /** Lists the scenarios. */
  @Command(
      name = "list",
      description = "Lists the scenarios and what must hold in them.",
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    @Override
    public Integer call() {
      var out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
      for (Scenario scenario : Scenarios.all()) {
        out.printf("%-20s %s%n", scenario.name(), scenario.says());
        scenario
            .targets()
            .forEach(
                target -> out.printf("%22s%s: %s%n", "", target.metric().label(), target.text()));
      }
      out.flush();
      return 0;
    }
  }
}
