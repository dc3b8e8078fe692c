package dev.usher.provision.floor;

import dev.usher.provision.kubernetes.Fields;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether a raised floor has an effect: that it was written says nothing about that. */
final class Effect {
  /** Time in which KEDA passes it on to its HPA. */
  static final Duration PASSED_ON = Duration.ofSeconds(10);

  /** Time in which as many pods are asked for; an HPA looks every 15 s. */
  static final Duration ASKED_FOR = Duration.ofSeconds(30);

  private Effect() {}

  /**
   * What is missing, as a sentence; null if nothing is yet.
   *
   * @param hpa the one that KEDA made of a ScaledObject, null if it has made none; of others, the
   *     object itself
   */
  static @Nullable String missing(Live live, @Nullable JsonObject hpa, long now) {
    FloorNote note = live.note();
    Integer set = note == null ? null : note.set().min();
    if (note == null || set == null || note.state() != FloorNote.State.RAISED) {
      return null;
    }
    long since = now - note.times().raised();
    if (live.fields() == SizeFields.SCALED_OBJECT && since > PASSED_ON.toMillis()) {
      int passed = hpa == null ? 0 : Fields.in(hpa, "spec").getInteger("minReplicas", 1);
      if (passed < set) {
        return "KEDA must have passed on minReplicaCount, %d, to its HPA but %s"
            .formatted(set, hpa == null ? "has made none" : "that has " + passed);
      }
    }
    if (since <= ASKED_FOR.toMillis()) {
      return null;
    }
    String count = live.fields() == SizeFields.WORKLOAD ? "replicas" : "desiredReplicas";
    int asked = hpa == null ? 0 : Fields.in(hpa, "status").getInteger(count, 0);
    return asked >= set
        ? null
        : "%d pods must be asked for within %d s but %d are"
            .formatted(set, ASKED_FOR.toSeconds(), asked);
  }

  /** What to do about it. */
  static String fix(Live live) {
    return live.fields() == SizeFields.SCALED_OBJECT
        ? "a trigger that cannot be built, or a pause, keeps KEDA from passing anything on"
            + keda(live)
            + ": kubectl describe scaledobject, and usher check --kubernetes"
        : "look at the controller's conditions and the events: kubectl describe " + live.kind();
  }

  /** What KEDA itself says of it. */
  private static String keda(Live live) {
    return Fields.all(Fields.in(live.object(), "status"), "conditions").stream()
        .filter(is -> Fields.text(is, "type").equals("Ready"))
        .filter(is -> !Fields.text(is, "status").equals("True"))
        .map(is -> " (it says: " + Fields.text(is, "message") + ")")
        .findFirst()
        .orElse("");
  }
}
