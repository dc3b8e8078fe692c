package dev.usher.cli;

import dev.usher.CannotListenException;
import dev.usher.config.ConfigFile;
import dev.usher.config.ConfigReader;
import dev.usher.config.GatewayConfig;
import dev.usher.config.QuickForm;
import dev.usher.config.schema.RefusedConfigException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code usher run}: runs a gateway that is configured by a file or by flags. */
@Command(
    name = "run",
    description = {
      "Run a gateway, told by a file or by these flags.",
      "",
      "  usher run --upstream http://10.0.0.11:8080 --sessions-per-pod 100",
      "  usher run --config gateway.yaml",
      ""
    },
    footer = {"", "All settings are in docs/configuration.md; check a file by: usher check FILE"},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  private final ConfigReader reader;
  private final Launch launch;

  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Source source = new Source();

  RunCommand(ConfigReader reader, Launch launch) {
    this.reader = reader;
    this.launch = launch;
  }

  /** The source of the configuration. */
  static final class Source {
    @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
    private @Nullable Path config;

    @ArgGroup(exclusive = false)
    private @Nullable Flags flags;
  }

  /**
   * The flags of the quick form. All are taken as typed, because the configuration's checks explain
   * errors better.
   */
  static final class Flags {
    @Option(
        names = QuickForm.UPSTREAM,
        required = true,
        arity = "1..*",
        paramLabel = "URL",
        description = "Base URLs of the pods, such as http://10.0.0.1:8080.")
    private List<String> upstream = List.of();

    @ArgGroup(exclusive = false, multiplicity = "1")
    private PerPod perPod = new PerPod();

    @Option(
        names = QuickForm.WARM_UP,
        paramLabel = "TIME",
        description = "How long a ready pod takes to get warm; 0s for pods that are. Default: 60s.")
    private @Nullable String warmUp;

    @Option(
        names = QuickForm.START_AT,
        paramLabel = "SHARE",
        description =
            "Share of what is declared that is trusted at first, 0.3 to 1; 1 after a load test."
                + " Default: 0.5.")
    private @Nullable String startAt;

    @Option(
        names = QuickForm.SURVIVE_LOSS_OF,
        paramLabel = "PODS",
        description = "Pods whose sudden loss the others must bear; 0 for none. Default: 1.")
    private @Nullable String surviveLossOf;

    @Option(
        names = QuickForm.SESSION_TIMEOUT,
        paramLabel = "TIME",
        description = "A session ends after this time without a request. Default: 2m.")
    private @Nullable String sessionTimeout;

    @Option(
        names = QuickForm.PROBE_PATH,
        paramLabel = "PATH",
        description = "Path that a pod is asked by whether it is ready. Default: /.")
    private @Nullable String probePath;

    @Option(
        names = QuickForm.PROBE_HOST,
        paramLabel = "NAME",
        description = "Host it is asked for, where pods answer only to the name of their site.")
    private @Nullable String probeHost;

    @Option(
        names = QuickForm.PROBE_STATUS,
        paramLabel = "STATUS",
        description = "Statuses of a ready pod's answer. Default: 200-399.")
    private @Nullable String probeStatus;

    @Option(
        names = QuickForm.HOST,
        paramLabel = "ADDRESS",
        description = "Address to listen on for visitors. Default: 0.0.0.0, every one.")
    private @Nullable String host;

    @Option(
        names = QuickForm.PORT,
        paramLabel = "PORT",
        description = "Port for visitors. Default: 8080.")
    private @Nullable String port;

    @Option(
        names = QuickForm.OPS_PORT,
        paramLabel = "PORT",
        description = "Port for operators, on 127.0.0.1 only. Default: 9090.")
    private @Nullable String opsPort;

    @Option(
        names = QuickForm.REDIS,
        paramLabel = "URL",
        description =
            "The Redis that all replicas share, such as redis://host:6379. Default: none.")
    private @Nullable String redis;

    QuickForm form() {
      Map<String, List<String>> given = new LinkedHashMap<>();
      given.put(QuickForm.UPSTREAM, upstream);
      put(given, QuickForm.SESSIONS_PER_POD, perPod.sessions);
      put(given, QuickForm.REQUESTS_PER_SECOND_PER_POD, perPod.requestsPerSecond);
      put(given, QuickForm.MAX_IN_FLIGHT_PER_POD, perPod.maxInFlight);
      put(given, QuickForm.WARM_UP, warmUp);
      put(given, QuickForm.START_AT, startAt);
      put(given, QuickForm.SURVIVE_LOSS_OF, surviveLossOf);
      put(given, QuickForm.SESSION_TIMEOUT, sessionTimeout);
      put(given, QuickForm.PROBE_PATH, probePath);
      put(given, QuickForm.PROBE_HOST, probeHost);
      put(given, QuickForm.PROBE_STATUS, probeStatus);
      put(given, QuickForm.HOST, host);
      put(given, QuickForm.PORT, port);
      put(given, QuickForm.OPS_PORT, opsPort);
      put(given, QuickForm.REDIS, redis);
      return new QuickForm(given);
    }

    private static void put(Map<String, List<String>> given, String flag, @Nullable String value) {
      if (value != null) {
        given.put(flag, List.of(value));
      }
    }
  }

  /** What one pod bears; at least one of these is needed. */
  static final class PerPod {
    @Option(
        names = QuickForm.SESSIONS_PER_POD,
        paramLabel = "N",
        description = "Sessions that one warm pod can carry.")
    private @Nullable String sessions;

    @Option(
        names = QuickForm.REQUESTS_PER_SECOND_PER_POD,
        paramLabel = "N",
        description = "Requests a second that one warm pod can answer.")
    private @Nullable String requestsPerSecond;

    @Option(
        names = QuickForm.MAX_IN_FLIGHT_PER_POD,
        paramLabel = "N",
        description = "Requests that one warm pod may have in flight at once.")
    private @Nullable String maxInFlight;
  }

  @Override
  public Integer call() {
    try {
      ConfigFile file = source.config == null ? null : ConfigFile.open(reader, source.config);
      GatewayConfig config = file == null ? reader.read(flags().form()) : file.config();
      launch.prepare(config);
      for (String warning : config.warnings()) {
        LOG.atWarn().addKeyValue("warning", warning).log("config_warning");
      }
      launch.start(config, file);
      return 0;
    } catch (RefusedConfigException e) {
      return Console.refuse(spec, e);
    } catch (CannotListenException e) {
      Console.err(spec).println(e.getMessage());
      return Console.REFUSED;
    }
  }

  private Flags flags() {
    return source.flags == null ? new Flags() : source.flags;
  }
}
