package dev.usher.cli;

import dev.usher.config.ConfigReader;
import dev.usher.config.GatewayConfig;
import dev.usher.config.schema.RefusedConfigException;
import dev.usher.plan.PlanJson;
import dev.usher.plan.PlanTable;
import dev.usher.plan.Plans;
import dev.usher.pods.kubernetes.Cluster;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.provision.SalePlanner;
import dev.usher.provision.SaleStage.Phase;
import dev.usher.provision.Sizing;
import dev.usher.provision.kubernetes.PodRoom;
import dev.usher.sale.SaleEvent;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code usher plan}: says what will be done for the events of a configuration file,
 * and when, without starting anything.
 */
@Command(
    name = "plan",
    description = {
      "Show when Usher will ask for the pods of the events in a configuration file, for how many,"
          + " and what may go wrong. It goes by what the file declares; a running Usher knows what"
          + " it has measured, and shows that at /api/events on its ops port. It needs no keys, nor"
          + " any other file that the configuration names.",
      "Exit code 0: every event to come will have its pods before it opens, as far as is known,"
          + " even if later than readyBefore; 1: the configuration is refused; 2: a wrong command"
          + " line; 3: pods will be late or missing at an opening, as a warning says. Whether pods"
          + " that should be there by now were asked for, a file does not tell."
    },
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  /** Exit code for a plan that will not do. */
  private static final int NOT_READY = 3;

  private final ConfigReader reader;
  private final LongSupplier clock;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file whose events to plan.")
  private Path file = Path.of("gateway.yaml");

  @Option(names = "--json", description = "Print JSON, as /api/events does.")
  private boolean json;

  @Option(
      names = "--kubernetes",
      description =
          "Ask the Kubernetes API as well whether there is room for the pods: limits of the"
              + " autoscaler, quotas, disruption budgets and nodes. It only reads, as whoever runs"
              + " this: inside a pod as its service account, else as KUBECONFIG says.")
  private boolean kubernetes;

  PlanCommand(ConfigReader reader, LongSupplier clock) {
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    try {
      GatewayConfig config = reader.readFromAfar(file);
      List<Plans> plans = config.upstreams().stream().map(each -> plans(config, each)).toList();
      if (kubernetes && !Console.followsServices(config)) {
        Console.err(spec).println(Console.NOT_ASKED);
      } else if (kubernetes) {
        plans = inCluster(config, plans);
      }
      PrintWriter out = Console.out(spec);
      out.print(json ? PlanJson.of(plans).encodePrettily() + "\n" : PlanTable.of(plans));
      out.flush();
      return plans.stream().allMatch(Plans::areReadyInTime) ? 0 : NOT_READY;
    } catch (RefusedConfigException e) {
      return Console.refuse(spec, e);
    }
  }

  private Plans plans(GatewayConfig config, GatewayConfig.Upstream upstream) {
    String name = upstream.options().name();
    List<SaleEvent> events = config.events(name);
    Sizing sizing =
        new Sizing(upstream.scaling(), upstream.options().declared(), upstream.options().tuning());
    SalePlanner planner = SalePlanner.declared(name, sizing);
    return new Plans(name, planner.unwatched(events, clock.getAsLong()), List.of());
  }

  /** The same, with what the cluster has no room for. */
  private static List<Plans> inCluster(GatewayConfig config, List<Plans> plans) {
    Map<String, GatewayConfig.Upstream> upstreams =
        config.upstreams().stream()
            .collect(Collectors.toMap(each -> each.options().name(), Function.identity()));
    Cluster cluster =
        Cluster.open(System.getenv(), bound -> ThreadLocalRandom.current().nextInt(bound));
    try {
      return plans.stream()
          .map(each -> inCluster(cluster, upstreams.get(each.upstream()), each))
          .toList();
    } finally {
      cluster.close().await();
    }
  }

  private static Plans inCluster(
      Cluster cluster, GatewayConfig.@Nullable Upstream upstream, Plans plans) {
    KubernetesOptions service = upstream == null ? null : upstream.kubernetes();
    if (upstream == null || service == null || plans.plans().isEmpty()) {
      return plans;
    }
    PodRoom room = PodRoom.of(cluster, service, upstream.scaling());
    return new Plans(
        plans.upstream(),
        plans.plans().stream()
            .map(plan -> plan.phase() == Phase.DONE ? plan : plan.with(room.warnings(plan.pods())))
            .toList(),
        plans.growths());
  }
}
