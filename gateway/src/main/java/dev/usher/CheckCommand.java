package dev.usher;

import dev.usher.config.ConfigReader;
import dev.usher.config.GatewayConfig;
import dev.usher.config.RefusedConfigException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says everything that is wrong with a configuration file, without starting anything. */
@Command(
    name = "check",
    description = "Check a configuration file and say everything that is wrong with it.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private final ConfigReader reader;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file to check.")
  private Path file = Path.of("gateway.yaml");

  CheckCommand(ConfigReader reader) {
    this.reader = reader;
  }

  @Override
  public Integer call() {
    try {
      GatewayConfig config = reader.read(file);
      PrintWriter out = Console.out(spec);
      config.warnings().forEach(warning -> out.println("warning: " + warning));
      out.println(file + " is good: " + summary(config));
      return 0;
    } catch (RefusedConfigException e) {
      return Console.refuse(spec, e);
    }
  }

  private static String summary(GatewayConfig config) {
    int pods = config.upstreams().stream().mapToInt(up -> up.options().pods().size()).sum();
    return many(config.rooms().size(), "room")
        + ", "
        + many(config.upstreams().size(), "upstream")
        + ", "
        + many(pods, "pod")
        + ", line "
        + (config.redis() == null ? "inside the process" : "in Redis, " + config.redis());
  }

  private static String many(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
