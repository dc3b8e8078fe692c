package dev.usher.cli;

import dev.usher.Gateway;
import dev.usher.cli.demo.DemoCommand;
import dev.usher.cli.drill.DrillCommand;
import dev.usher.cli.explain.ExplainCommand;
import dev.usher.cli.page.PagesCommand;
import dev.usher.cli.room.RoomCommand;
import dev.usher.cli.wait.WaitCommand;
import dev.usher.config.ConfigFile;
import dev.usher.config.ConfigReader;
import dev.usher.config.GatewayConfig;
import java.io.PrintWriter;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point of Usher's commands. */
@Command(
    name = "usher",
    description = "A waiting-room gateway that admits at the capacity of the pods ready now.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Logging.begin();
    int exit = commands(new ConfigReader(System.getenv()), new OwnProcess()).execute(args);
    // After a good start, the gateway's own threads keep the process alive.
    if (exit != 0) {
      System.exit(exit);
    }
  }

  /** The launch of a gateway that has the process and its log to itself. */
  private static final class OwnProcess implements Launch {
    @Override
    public void prepare(GatewayConfig config) {
      Logging.use(config.log());
    }

    @Override
    public void start(GatewayConfig config, @Nullable ConfigFile file) {
      Gateway.run(config, file);
    }
  }

  /**
   * The command line with all commands.
   *
   * @param reader reads configurations and secrets
   * @param launch starts the gateway
   */
  public static CommandLine commands(ConfigReader reader, Launch launch) {
    CommandLine commands = new CommandLine(new Main());
    commands.addSubcommand(new RunCommand(reader, launch));
    commands.addSubcommand(new CheckCommand(reader));
    commands.addSubcommand(new PlanCommand(reader, System::currentTimeMillis));
    commands.addSubcommand(new KeyCommand(reader, new SecureRandom()));
    commands.addSubcommand(new ExplainCommand());
    commands.addSubcommand(new FloorCommand());
    commands.addSubcommand(new RoomCommand(System.getenv()));
    commands.addSubcommand(PagesCommand.with(reader));
    commands.addSubcommand(new WaitCommand());
    commands.addSubcommand(new DemoCommand());
    commands.addSubcommand(new DrillCommand());
    commands.addSubcommand(new CommandLine.HelpCommand());
    commands.addSubcommand(new CompletionCommand());
    commands.getSubcommands().values().forEach(Main::helpful);
    commands.setParameterExceptionHandler(Main::explain);
    return helpful(commands);
  }

  /** Says what is wrong with a command line, and where it stands how it should be. */
  private static int explain(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(wrong.getMessage());
    if (args.length == 0) {
      command.usage(err);
    } else if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
      err.println(command.getCommandSpec().qualifiedName() + " --help");
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static CommandLine helpful(CommandLine command) {
    return command.setUsageHelpAutoWidth(true);
  }
}
