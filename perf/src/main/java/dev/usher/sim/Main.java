package dev.usher.sim;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The simulator's commands. */
@Command(
    name = "sim",
    description = "Runs Usher's own classes against a plant model, in virtual time.",
    version = "Usher's simulator",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(commands().execute(args));
  }

  static CommandLine commands() {
    CommandLine commands = new CommandLine(new Main());
    commands.addSubcommand(new RunScenarioCommand());
    commands.addSubcommand(new ReportCommand());
    commands.addSubcommand(new FlashCommand());
    commands.addSubcommand(new ListCommand());
    commands.addSubcommand(new FaultsCommand());
    commands.getSubcommands().values().forEach(each -> each.setUsageHelpAutoWidth(true));
    return commands.setUsageHelpAutoWidth(true);
  }
}
