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
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upstreams of a running gateway. One that is removed is released when its last request is
 * done; until then it makes its ticks as before, because its slots are still in use.
 */
final class Upstreams {
  private static final Logger log = LoggerFactory.getLogger(Upstreams.class);

  /** Longest time for which a changed configuration waits for pods or for the store. */
  private static final Duration WAIT = Duration.ofMillis(700);

  /**
   * How many looks in a row must find no request, because one may be on its way from an endpoint to
   * a pod.
   */
  private static final int IDLE_LOOKS = 3;

  private volatile List<RunningUpstream> serving = List.of();
  private volatile List<RunningUpstream> leaving = List.of();
  private final Map<RunningUpstream, Integer> idleLooks = new HashMap<>();

  /** The upstreams that requests are sent to, in the order of the configuration. */
  List<RunningUpstream> serving() {
    return serving;
  }

  /** Those, and the removed ones whose last requests are not done yet. */
  List<RunningUpstream> all() {
    return Stream.concat(serving.stream(), leaving.stream()).toList();
  }

  /** The parts that operators look at. */
  List<Running.Upstream> shown() {
    return serving.stream().map(RunningUpstream::shown).toList();
  }

  /** Takes over the upstreams of a start. */
  void start(List<RunningUpstream> those) {
    serving = List.copyOf(those);
  }

  /** Starts to look for their pods. Completes when they are known, or when that takes too long. */
  Future<Void> begin() {
    return each(RunningUpstream::begin);
  }

  /** Tells the store who was seen in their rooms. */
  void tellPresence() {
    all().forEach(RunningUpstream::tellPresence);
  }

  /** Resigns from all of them, at an orderly stop. */
  Future<Void> resign() {
    return each(RunningUpstream::resign);
  }

  /** Stops looking for their pods. */
  Future<Void> end() {
    return each(RunningUpstream::end);
  }

  private Future<Void> each(Function<RunningUpstream, Future<Void>> verb) {
    return Future.join(all().stream().map(verb).toList()).mapEmpty();
  }

  /**
   * Takes over a changed list of upstreams, each with its rooms. Returns when new ones know their
   * pods and all have read their rooms, or when that takes too long.
   *
   * @param made makes a new upstream
   */
  void reconfigure(
      List<GatewayConfig.Upstream> changed,
      RoomRegistry rooms,
      TickLoop ticks,
      Function<GatewayConfig.Upstream, RunningUpstream> made) {
    Map<String, RunningUpstream> before =
        all().stream().collect(Collectors.toMap(RunningUpstream::name, Function.identity()));
    Map<String, RunningUpstream> now = new LinkedHashMap<>();
    List<Future<Void>> known = new ArrayList<>();
    for (GatewayConfig.Upstream each : changed) {
      RunningUpstream upstream = before.get(each.options().name());
      if (upstream == null) {
        upstream = made.apply(each);
        known.add(upstream.begin());
      } else {
        known.add(upstream.reconfigure(each));
      }
      now.put(upstream.name(), upstream);
    }
    await(Future.join(known));
    ticks
        .between(
            unused -> {
              now.values().forEach(each -> each.reconfigure(rooms.of(each.name())));
              serving = List.copyOf(now.values());
              leaving = before.values().stream().filter(each -> !now.containsValue(each)).toList();
            })
        .await();
    await(ticks.tickAll());
  }

  private static void await(Future<?> future) {
    future.timeout(WAIT.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty().await();
  }

  /**
   * Releases removed upstreams that are idle. Must be called between ticks, about once a second.
   */
  void letGoOfIdle() {
    for (RunningUpstream gone : leaving) {
      int looks = gone.isIdle() ? idleLooks.merge(gone, 1, Integer::sum) : 0;
      if (looks == 0) {
        idleLooks.remove(gone);
      } else if (looks >= IDLE_LOOKS) {
        leaving = leaving.stream().filter(other -> other != gone).toList();
        var unused =
            gone.leave()
                .onComplete(
                    done ->
                        log.atInfo().addKeyValue("upstream", gone.name()).log("upstream_let_go"));
      }
    }
    idleLooks.keySet().retainAll(leaving);
  }
}
