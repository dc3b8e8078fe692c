package dev.usher.ops;

import dev.usher.http.Problem;
import dev.usher.ops.control.OpsAnswer;
import dev.usher.plan.PlanJson;
import dev.usher.plan.PlanTable;
import dev.usher.plan.Plans;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pages of the operators' port, for the one loop that serves it. */
final class OpsPages {
  private static final String EVENTS = "/api/events";
  private static final String ROOM = "/api/rooms/";

  private static final String INDEX =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <title>Usher</title>
      <h1>Usher</h1>
      <ul>
      <li><a href="/livez">/livez</a> whether the process works
      <li><a href="/readyz">/readyz</a> whether it should be sent visitors
      <li><a href="/metrics">/metrics</a> for Prometheus
      <li><a href="/api/rooms">/api/rooms</a> the rooms; <code>/api/rooms/NAME</code> one of them
      <li><a href="/api/upstreams">/api/upstreams</a> the pods;
        <code>/api/upstreams/NAME/desired-replicas</code> how many there should be
      <li>POST <code>/api/rooms/NAME/pause</code> and others, with a token: see docs/operations.md;
        <code>/api/audit</code> who changed what
      <li><a href="/api/events">/api/events</a> what people come for, and which pods will be ready
      <li><a href="/api/config">/api/config</a> whether the configuration's file is in force
      </ul>
      </html>
      """;

  private final Running running;
  private final Metrics metrics;
  private final LoopPulse pulse;
  private final Readiness readiness;
  private final Overview overview;
  private final DesiredPods desired;
  private final Map<String, Supplier<OpsAnswer>> pages =
      Map.of(
          "/", () -> new OpsAnswer(200, "text/html; charset=utf-8", INDEX),
          "/livez", this::live,
          "/readyz", this::ready,
          "/metrics", this::metrics,
          "/api/config", this::config,
          "/api/rooms", this::rooms,
          "/api/upstreams", this::upstreams);

  OpsPages(Running running, Metrics metrics, LoopPulse pulse) {
    this.running = running;
    this.metrics = metrics;
    this.pulse = pulse;
    this.readiness = new Readiness(running);
    this.overview = new Overview(running);
    this.desired = new DesiredPods(running);
  }

  /**
   * The answer at this path.
   *
   * @param accept what the client would like; null if it does not say
   */
  OpsAnswer at(String path, @Nullable String accept) {
    if (path.equals(EVENTS)) {
      return events(accept != null && accept.startsWith("text/plain"));
    }
    Supplier<OpsAnswer> page = pages.get(path);
    if (page != null) {
      return page.get();
    }
    if (path.startsWith(ROOM) && path.length() > ROOM.length()) {
      return room(path.substring(ROOM.length()));
    }
    OpsAnswer pods = desired.at(path);
    return pods != null
        ? pods
        : OpsAnswer.of(Problem.NO_SUCH_PATH, "What there is can be read at /");
  }

  /** A table for people who ask for plain text, and JSON for everybody else. */
  private OpsAnswer events(boolean table) {
    List<Plans> plans =
        running.signals().stream()
            .map(signal -> Plans.of(signal.upstream(), signal.sales()))
            .toList();
    return table
        ? new OpsAnswer(200, "text/plain; charset=utf-8", PlanTable.of(plans))
        : OpsAnswer.json(200, PlanJson.of(plans));
  }

  void visitorsMayCome() {
    readiness.open();
  }

  /** Whether new visitors may be sent to this replica. */
  boolean isReady() {
    return readiness.complaints().isEmpty();
  }

  private OpsAnswer live() {
    int silent = pulse.silent();
    JsonObject body = new JsonObject().put("live", silent == 0);
    if (silent > 0) {
      body.put("silentEventLoops", silent).put("eventLoops", pulse.size());
    }
    return OpsAnswer.json(silent == 0 ? 200 : 503, body);
  }

  private OpsAnswer ready() {
    JsonArray complaints = readiness.complaints();
    JsonObject body = new JsonObject().put("ready", complaints.isEmpty());
    if (!complaints.isEmpty()) {
      body.put("why", complaints);
    }
    return OpsAnswer.json(complaints.isEmpty() ? 200 : 503, body);
  }

  private OpsAnswer metrics() {
    return new OpsAnswer(200, Metrics.TYPE, metrics.scrape());
  }

  private OpsAnswer config() {
    return OpsAnswer.json(200, overview.config());
  }

  private OpsAnswer rooms() {
    return OpsAnswer.json(200, overview.rooms());
  }

  private OpsAnswer upstreams() {
    return OpsAnswer.json(200, overview.upstreams());
  }

  private OpsAnswer room(String name) {
    JsonObject room = overview.room(name);
    return room == null ? OpsAnswer.noRoom(name, overview.roomNames()) : OpsAnswer.json(200, room);
  }
}
