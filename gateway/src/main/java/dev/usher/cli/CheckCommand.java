package dev.usher.cli;

import dev.usher.config.ConfigReader;
import dev.usher.config.GatewayConfig;
import dev.usher.config.schema.RefusedConfigException;
import dev.usher.pods.kubernetes.AccessCheck;
import dev.usher.pods.kubernetes.Cluster;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.provision.kubernetes.ScalerCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code usher check}: reports everything that is wrong with a configuration file,
 * without starting anything.
 */
@Command(
    name = "check",
    description = "Check a configuration file and say everything that is wrong with it.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final String SHARED =
      "note: the line is shared, so run at least two gateways; while a lone one restarts nobody is"
          + " answered, and requests of those inside wait for the slots that it held";

  private final ConfigReader reader;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file to check.")
  private Path file = Path.of("gateway.yaml");

  @Option(
      names = "--kubernetes",
      description =
          "Ask the Kubernetes API whether Usher may follow the services of the file. It is asked as"
              + " whoever runs this: inside a pod as its service account, else as KUBECONFIG says.")
  private boolean kubernetes;

  @Option(
      names = "--connect",
      description =
          "Ask each pod that is listed whether it is ready, as a gateway would, and the store"
              + " whether it answers.")
  private boolean connect;

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
      if (config.redis() != null) {
        out.println(SHARED);
      }
      int connected = connect ? connect(config) : 0;
      return kubernetes ? Math.max(connected, ask(config)) : connected;
    } catch (RefusedConfigException e) {
      return Console.refuse(spec, e);
    }
  }

  private int connect(GatewayConfig config) {
    ConnectCheck.Found found = ConnectCheck.of(config);
    found.good().forEach(Console.out(spec)::println);
    found.bad().forEach(Console.err(spec)::println);
    return found.bad().isEmpty() ? 0 : Console.REFUSED;
  }

  private int ask(GatewayConfig config) {
    if (!Console.followsServices(config)) {
      Console.out(spec).println(Console.NOT_ASKED);
      return 0;
    }
    Cluster cluster =
        Cluster.open(System.getenv(), bound -> ThreadLocalRandom.current().nextInt(bound));
    try {
      List<String> missing = new ArrayList<>();
      List<String> scaling = new ArrayList<>();
      for (GatewayConfig.Upstream upstream : config.upstreams()) {
        if (upstream.kubernetes() != null) {
          String name = upstream.options().name();
          List<String> here = AccessCheck.of(cluster, name, upstream.kubernetes());
          missing.addAll(here);
          if (here.isEmpty()) {
            scaling.addAll(scalers(cluster, upstream, upstream.kubernetes()));
          }
        }
      }
      missing.forEach(Console.err(spec)::println);
      if (!missing.isEmpty()) {
        Console.err(spec)
            .println(
                "Kubernetes was asked at "
                    + cluster.address()
                    + "; outside a pod KUBECONFIG says where it is");
      } else {
        Console.out(spec).println("Kubernetes at " + cluster.address() + " has all that is needed");
      }
      scaling.forEach(Console.err(spec)::println);
      return missing.isEmpty() && scaling.isEmpty() ? 0 : Console.REFUSED;
    } finally {
      cluster.close().await();
    }
  }

  /** What keeps pods from being added as Usher asks; mere hints are printed at once. */
  private List<String> scalers(
      Cluster cluster, GatewayConfig.Upstream upstream, KubernetesOptions service) {
    ScalerCheck.Found found =
        ScalerCheck.of(cluster, upstream.options().name(), service, upstream.scaling());
    found.notes().forEach(note -> Console.out(spec).println("note: " + note));
    return found.wrong();
  }

  private static String summary(GatewayConfig config) {
    int pods = config.upstreams().stream().mapToInt(up -> up.options().pods().size()).sum();
    long followed = config.upstreams().stream().filter(up -> up.kubernetes() != null).count();
    return many(config.rooms().size(), "room")
        + ", "
        + many(config.upstreams().size(), "upstream")
        + ", "
        + many(pods, "pod")
        + (followed == 0 ? "" : " and those of " + many((int) followed, "Kubernetes service"))
        + ", line "
        + (config.redis() == null ? "inside the process" : "in Redis, " + config.redis());
  }

  private static String many(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
