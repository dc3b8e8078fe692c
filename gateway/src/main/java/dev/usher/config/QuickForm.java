package dev.usher.config;

import dev.usher.config.schema.Origin;
import dev.usher.config.schema.Setting;
import dev.usher.config.schema.Setting.Group;
import dev.usher.config.schema.Setting.Items;
import dev.usher.config.schema.Setting.Kind;
import dev.usher.config.schema.Setting.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A gateway configured by flags: one upstream and one room, both called {@code main}, in front of
 * everything. The flags pass the same checks as a file.
 *
 * @param flags the values of each flag that was given, as typed
 */
public record QuickForm(Map<String, List<String>> flags) {
  public static final String UPSTREAM = "--upstream";
  public static final String SESSIONS_PER_POD = "--sessions-per-pod";
  public static final String REQUESTS_PER_SECOND_PER_POD = "--requests-per-second-per-pod";
  public static final String MAX_IN_FLIGHT_PER_POD = "--max-in-flight-per-pod";
  public static final String WARM_UP = "--warm-up";
  public static final String START_AT = "--start-at";
  public static final String SURVIVE_LOSS_OF = "--survive-loss-of";
  public static final String SESSION_TIMEOUT = "--session-timeout";
  public static final String PROBE_PATH = "--probe-path";
  public static final String PROBE_HOST = "--probe-host";
  public static final String PROBE_STATUS = "--probe-status";
  public static final String HOST = "--host";
  public static final String PORT = "--port";
  public static final String OPS_PORT = "--ops-port";
  public static final String REDIS = "--redis";

  /** The settings that each flag stands for. */
  private static final Map<String, List<String>> SETTINGS =
      Map.ofEntries(
          Map.entry(UPSTREAM, List.of("upstreams", "main", "pods")),
          Map.entry(SESSIONS_PER_POD, List.of("upstreams", "main", "sessionsPerPod")),
          Map.entry(
              REQUESTS_PER_SECOND_PER_POD, List.of("upstreams", "main", "requestsPerSecondPerPod")),
          Map.entry(MAX_IN_FLIGHT_PER_POD, List.of("upstreams", "main", "maxInFlightPerPod")),
          Map.entry(WARM_UP, List.of("upstreams", "main", "admission", "warmUp")),
          Map.entry(START_AT, List.of("upstreams", "main", "admission", "startAt")),
          Map.entry(SURVIVE_LOSS_OF, List.of("upstreams", "main", "admission", "surviveLossOf")),
          Map.entry(SESSION_TIMEOUT, List.of("rooms", "main", "session", "timeout")),
          Map.entry(PROBE_PATH, List.of("upstreams", "main", "probe", "path")),
          Map.entry(PROBE_HOST, List.of("upstreams", "main", "probe", "host")),
          Map.entry(PROBE_STATUS, List.of("upstreams", "main", "probe", "status")),
          Map.entry(HOST, List.of("listen", "host")),
          Map.entry(PORT, List.of("listen", "port")),
          Map.entry(OPS_PORT, List.of("ops", "port")),
          Map.entry(REDIS, List.of("store", "redis", "url")));

  private static final Origin NOWHERE = new Origin.Unwritten();

  public QuickForm {
    for (String flag : flags.keySet()) {
      if (!SETTINGS.containsKey(flag)) {
        throw new IllegalArgumentException(
            "A flag must be one of " + SETTINGS.keySet() + " but was " + flag);
      }
    }
    flags = Map.copyOf(flags);
  }

  /** The settings that a file would have held. */
  Group settings() {
    Group root = group();
    group(root, "rooms", "main");
    // Somebody who tries Usher on their own machine must not show its state to the whole network.
    Scalar here = new Scalar(NOWHERE, Kind.TEXT, "127.0.0.1");
    group(root, "ops").settings().put("host", here);
    // No flag names a load balancer, which would then look like one visitor.
    for (String limit : List.of("joinsPerAddress", "joinsPerNetwork")) {
      group(root, "rooms", "main").settings().put(limit, new Scalar(NOWHERE, Kind.WHOLE, "0"));
    }
    flags.forEach(
        (flag, values) -> {
          List<String> path = SETTINGS.getOrDefault(flag, List.of());
          int last = path.size() - 1;
          Group parent = group(root, path.subList(0, last).toArray(String[]::new));
          parent.settings().put(path.get(last), setting(flag, values));
        });
    return root;
  }

  private static Setting setting(String flag, List<String> values) {
    Origin origin = new Origin.Named(flag);
    List<Setting> scalars =
        values.stream().<Setting>map(value -> new Scalar(origin, kind(value), value)).toList();
    return flag.equals(UPSTREAM) ? new Items(origin, scalars) : scalars.get(0);
  }

  private static Kind kind(String value) {
    if (value.matches("-?[0-9]+")) {
      return Kind.WHOLE;
    }
    return value.matches("-?[0-9]+\\.[0-9]+") ? Kind.FRACTION : Kind.TEXT;
  }

  private static Group group() {
    return new Group(NOWHERE, new LinkedHashMap<>());
  }

  private static Group group(Group root, String... path) {
    Group group = root;
    for (String key : path) {
      group = (Group) group.settings().computeIfAbsent(key, absent -> group());
    }
    return group;
  }
}
