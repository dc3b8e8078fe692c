package dev.usher;

import dev.usher.config.GatewayConfig;
import dev.usher.ops.Running;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upstreams of a running gateway, as they come and go. One that goes is let go of when its last
 * request is done; until then it takes its steps as before, because its slots are still in use.
 */
final class Upstreams {
  private static final Logger log = LoggerFactory.getLogger(Upstreams.class);

  /** A changed configuration does not wait longer for pods or for the store. */
  private static final Duration WAIT = Duration.ofMillis(700);

  /** So many looks in a row must find no request: one may be on its way from a door to a pod. */
  private static final int IDLE_LOOKS = 3;

  private volatile List<RunningUpstream> serving = List.of();
  private volatile List<RunningUpstream> leaving = List.of();
  private final Map<RunningUpstream, Integer> idleLooks = new HashMap<>();

  /** Those that requests are sent to, in the order of the configuration. */
  List<RunningUpstream> serving() {
    return serving;
  }

  /** And those whose last requests are not done yet. */
  List<RunningUpstream> all() {
    return Stream.concat(serving.stream(), leaving.stream()).toList();
  }

  /** What operators look at. */
  Running.Parts watched() {
    List<RunningUpstream> now = serving;
    return new Running.Parts(
        now.stream()
            .map(RunningUpstream::doorkeeper)
            .filter(doorkeeper -> !doorkeeper.rooms().isEmpty())
            .toList(),
        now.stream().map(RunningUpstream::pods).toList(),
        now.stream()
            .collect(
                Collectors.toMap(
                    RunningUpstream::name, part -> part.config().options().declared())),
        now.stream().map(RunningUpstream::signal).toList());
  }

  /** Makes those of a start, which wait for nothing. */
  void begin(List<RunningUpstream> parts) {
    serving = List.copyOf(parts);
  }

  /**
   * There are these from now on, each with the rooms of its doors. Returns when those that are new
   * know their pods and all have read their rooms, or it takes too long.
   *
   * @param parts makes one that is new
   */
  void reconfigure(
      List<GatewayConfig.Upstream> changed,
      RoomRegistry doors,
      TickLoop steps,
      Function<GatewayConfig.Upstream, RunningUpstream> parts) {
    Map<String, RunningUpstream> before =
        all().stream().collect(Collectors.toMap(RunningUpstream::name, Function.identity()));
    Map<String, RunningUpstream> now = new LinkedHashMap<>();
    List<Future<Void>> known = new ArrayList<>();
    for (GatewayConfig.Upstream each : changed) {
      RunningUpstream part = before.get(each.options().name());
      if (part == null) {
        part = parts.apply(each);
        known.add(part.lookout().begin());
      } else {
        known.add(part.reconfigure(each));
      }
      now.put(part.name(), part);
    }
    await(Future.join(known));
    steps
        .between(
            unused -> {
              now.values().forEach(part -> part.reconfigure(doors.roomsOf(part.name())));
              serving = List.copyOf(now.values());
              leaving = before.values().stream().filter(part -> !now.containsValue(part)).toList();
            })
        .await();
    await(steps.all());
  }

  private static void await(Future<?> future) {
    future.timeout(WAIT.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty().await();
  }

  /** Lets go of those that went and are idle. To be called between steps, about once a second. */
  void letGoOfIdle() {
    for (RunningUpstream part : leaving) {
      int looks = part.isIdle() ? idleLooks.merge(part, 1, Integer::sum) : 0;
      if (looks == 0) {
        idleLooks.remove(part);
      } else if (looks >= IDLE_LOOKS) {
        leaving = leaving.stream().filter(other -> other != part).toList();
        letGo(part);
      }
    }
    idleLooks.keySet().retainAll(leaving);
  }

  private static void letGo(RunningUpstream part) {
    CompletionStage<Void> resigned =
        part.doorkeeper().tellPresence().thenCompose(told -> part.doorkeeper().resign());
    // A store that does not answer takes the slots back by itself.
    var unused =
        Future.join(part.lookout().end(), Future.fromCompletionStage(resigned))
            .onComplete(
                done -> log.atInfo().addKeyValue("upstream", part.name()).log("upstream_let_go"));
  }
}
