package dev.usher.cli.page;

import dev.usher.config.ConfigReader;
import dev.usher.config.GatewayConfig;
import dev.usher.config.schema.RefusedConfigException;
import dev.usher.page.Template;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code usher page}: the waiting page, without a gateway. */
@Command(
    name = "page",
    description = "Show the waiting pages of a configuration file, or what they are made from.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class PagesCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** The command with its subcommands. */
  public static CommandLine with(ConfigReader reader) {
    return new CommandLine(new PagesCommand())
        .addSubcommand(new Preview(reader))
        .addSubcommand(new OurTemplate());
  }

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Missing the command: preview or template");
  }

  /** The command {@code usher page template}. */
  @Command(
      name = "template",
      description = {
        "Print the template of Usher's own page, to start one of your own from:",
        "usher page template > page.mustache, then name that file in rooms.NAME.page.template."
      },
      mixinStandardHelpOptions = true)
  static final class OurTemplate implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.print(Template.OURS.source());
      out.flush();
    }
  }

  /** The command {@code usher page preview}. */
  @Command(
      name = "preview",
      description = {
        "Show the waiting page of each room in every state and language, as the file has it:"
            + " logo, colours, links and words.",
        "It serves them on this machine alone until it is stopped (Ctrl-C), and reads the file anew"
            + " for each page."
      },
      mixinStandardHelpOptions = true)
  static final class Preview implements Callable<Integer> {
    private static final int REFUSED = 1;

    private final ConfigReader reader;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The configuration file.")
    private Path file = Path.of("gateway.yaml");

    @Option(
        names = "--port",
        paramLabel = "PORT",
        description = "Port on 127.0.0.1. Default: any free one.")
    private int port;

    Preview(ConfigReader reader) {
      this.reader = reader;
    }

    @Override
    public Integer call() {
      CommandLine line = Objects.requireNonNull(spec).commandLine();
      try {
        GatewayConfig config = reader.read(file);
        PreviewServer server = PreviewServer.start(() -> reader.read(file), port);
        line.getOut()
            .printf(
                "The pages of %d room%s are on http://127.0.0.1:%d/ (Ctrl-C ends this)%n",
                config.rooms().size(), config.rooms().size() == 1 ? "" : "s", server.port());
        line.getOut().flush();
        return 0;
      } catch (RefusedConfigException e) {
        e.problems().forEach(line.getErr()::println);
        return REFUSED;
      } catch (IllegalStateException e) {
        line.getErr().println(e.getMessage());
        return REFUSED;
      }
    }
  }
}
