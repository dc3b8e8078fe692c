package dev.usher.cli;

import dev.usher.pods.kubernetes.Cluster;
import dev.usher.provision.floor.FloorRestore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code usher floor}: what Usher raised in a cluster, without a gateway. */
@Command(
    name = "floor",
    description = "Give back what Usher raised in a cluster (upstreams.NAME.scaling.floor).",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = FloorCommand.Restore.class)
final class FloorCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Missing the command: restore");
  }

  /** The command {@code usher floor restore}. */
  @Command(
      name = "restore",
      description = {
        "Give back at once whatever Usher raised: values, and who owns the fields.",
        "It may be repeated at any time. A gateway that still runs with scaling.floor would raise"
            + " it again: switch that off first, or take its right away with --revoke, as the chart"
            + " does at helm uninstall."
      },
      mixinStandardHelpOptions = true)
  static final class Restore implements Callable<Integer> {
    /** How often it looks. */
    private static final long ROUND_MILLIS = 1000;

    /** Rounds in a row that find nothing, after which no request of a gateway is on its way. */
    private static final int QUIET_ROUNDS = 6;

    @Spec private @Nullable CommandSpec spec;

    @Option(
        names = "--namespace",
        paramLabel = "NAMESPACE",
        description = "Where to look; may be repeated. By default the current one.")
    private List<String> namespaces = List.of();

    @Option(
        names = "--of",
        paramLabel = "USHER",
        description =
            "Only what this Usher raised: its namespace and Service, such as gate/usher. By default"
                + " what any did.")
    private String usher = "";

    @Option(
        names = "--revoke",
        paramLabel = "ROLEBINDING",
        description =
            "Delete this RoleBinding in each of these namespaces first, by which a running gateway"
                + " may raise them.")
    private @Nullable String revoked;

    @Option(
        names = "--within",
        paramLabel = "SECONDS",
        description = "Give up after this many seconds. Default: ${DEFAULT-VALUE}.")
    private int within = 60;

    @Override
    public Integer call() throws InterruptedException {
      Cluster cluster =
          Cluster.open(System.getenv(), bound -> ThreadLocalRandom.current().nextInt(bound));
      try {
        Set<String> where =
            namespaces.isEmpty() ? Set.of(cluster.namespace()) : Set.copyOf(namespaces);
        FloorRestore restore = new FloorRestore(cluster, where, usher);
        String binding = revoked;
        if (binding != null) {
          restore.revoke(binding);
        }
        return untilNothingIsLeft(restore, binding == null ? 1 : QUIET_ROUNDS);
      } finally {
        cluster.close().await();
      }
    }

    private int untilNothingIsLeft(FloorRestore restore, int rounds) throws InterruptedException {
      long end = System.nanoTime() + Duration.ofSeconds(within).toNanos();
      int quiet = 0;
      while (true) {
        FloorRestore.Round round = restore.round(System.currentTimeMillis());
        round.done().forEach(each -> Console.out(spec).println("given back: " + each));
        quiet = round.done().isEmpty() && round.left().isEmpty() ? quiet + 1 : 0;
        if (quiet >= rounds) {
          Console.out(spec).println("nothing is raised");
          return CommandLine.ExitCode.OK;
        }
        if (System.nanoTime() >= end) {
          round.left().forEach(each -> Console.err(spec).println("still raised: " + each));
          return round.left().isEmpty() ? CommandLine.ExitCode.OK : Console.REFUSED;
        }
        Console.out(spec).flush();
        TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
      }
    }
  }
}
