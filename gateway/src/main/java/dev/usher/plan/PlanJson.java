package dev.usher.plan;

import dev.usher.provision.LeadTimes;
import dev.usher.provision.PlanWarning;
import dev.usher.provision.SalePlan;
import dev.usher.sale.SaleTime;
import dev.usher.words.EnumWords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans as JSON; each field is described in docs/operations. */
public final class PlanJson {
  private PlanJson() {}

  /** The plans of these upstreams. */
  public static JsonObject of(List<Plans> all) {
    JsonArray events = new JsonArray();
    JsonArray growths = new JsonArray();
    for (Plans upstream : all) {
      upstream.plans().forEach(plan -> events.add(event(upstream.upstream(), plan)));
      upstream.growths().forEach(growth -> growths.add(growth(upstream.upstream(), growth)));
    }
    return new JsonObject().put("events", events).put("growths", growths);
  }

  private static JsonObject event(String upstream, SalePlan plan) {
    return new JsonObject()
        .put("event", plan.event().key())
        .put("room", plan.event().room())
        .put("upstream", upstream)
        .put("phase", EnumWords.lower(plan.phase()))
        .put("preQueueAt", time(plan.event().times().preQueueAt()))
        .put("opensAt", time(plan.event().times().opensAt()))
        .put("closesAt", time(plan.event().times().closesAt()))
        .put("opensAtLocal", plan.event().times().opensAt().local().toString())
        .put("zone", plan.event().times().opensAt().zone().toString())
        .put("pods", plan.pods())
        .put("raiseAt", plan.raiseAt() == 0 ? null : instant(plan.raiseAt()))
        .put("readyAt", plan.readyAt() == 0 ? null : instant(plan.readyAt()))
        .put("terms", terms(plan.terms()))
        .put("podMinutes", plan.podMinutes())
        .put("readyInTime", plan.isReadyInTime())
        .put(
            "warnings",
            new JsonArray(plan.warnings().stream().map(PlanWarning::sentence).toList()));
  }

  private static @Nullable String time(@Nullable SaleTime time) {
    return time == null ? null : instant(time.millis());
  }

  static String instant(long millis) {
    return Instant.ofEpochMilli(millis / 1000 * 1000).toString();
  }

  private static @Nullable JsonObject terms(SalePlan.@Nullable Terms terms) {
    return terms == null
        ? null
        : new JsonObject()
            .put("visitors", terms.visitors())
            .put("withinSeconds", terms.withinSeconds())
            .put("sessionSeconds", terms.sessionSeconds())
            .put("sessionsAssumed", terms.assumed())
            .put("sessionsPerPod", terms.sessionsPerPod())
            .put("trust", terms.trust())
            .put("sessions", terms.sessions());
  }

  private static JsonObject growth(String upstream, LeadTimes.Growth growth) {
    return new JsonObject()
        .put("upstream", upstream)
        .put("askedAt", instant(growth.askedAt()))
        .put("from", growth.from())
        .put("to", growth.to())
        .put("thereSeconds", seconds(growth.there()))
        .put("readySeconds", seconds(growth.ready()))
        .put("warmSeconds", seconds(growth.warm()));
  }

  private static @Nullable Double seconds(long millis) {
    return millis == 0 ? null : millis / 1000.0;
  }
}
