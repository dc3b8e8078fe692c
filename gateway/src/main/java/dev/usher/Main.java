package dev.usher;

import dev.usher.config.ConfigReader;
import dev.usher.demo.DemoCommand;
import dev.usher.drill.DrillCommand;
import dev.usher.explain.ExplainCommand;
import java.security.SecureRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Usher's commands. */
@Command(
    name = "usher",
    description = "A waiting-room gateway that admits at the capacity of the pods ready now.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class Main {
  private Main() {}

  public static void main(String[] args) {
    int exit = commands(new ConfigReader(System.getenv()), Gateway::run).execute(args);
    // After a good start the gateway's own threads keep the process alive.
    if (exit != 0) {
      System.exit(exit);
    }
  }

  /** The commands, told where secrets and the gateway come from. */
  static CommandLine commands(ConfigReader reader, Launch launch) {
    CommandLine commands = new CommandLine(new Main());
    commands.addSubcommand(new RunCommand(reader, launch));
    commands.addSubcommand(new CheckCommand(reader));
    commands.addSubcommand(new KeyCommand(reader, new SecureRandom()));
    commands.addSubcommand(new ExplainCommand());
    commands.addSubcommand(new DemoCommand());
    commands.addSubcommand(new DrillCommand());
    commands.getSubcommands().values().forEach(Main::helpful);
    return helpful(commands);
  }

  private static CommandLine helpful(CommandLine command) {
    return command.setUsageHelpAutoWidth(true);
  }
}
