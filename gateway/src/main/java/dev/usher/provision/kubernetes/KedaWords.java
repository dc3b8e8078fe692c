package dev.usher.provision.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.json.JsonObject;
import java.net.HttpURLConnection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What KEDA itself says of a ScaledObject that it cannot use whole, and what it keeps quiet. */
final class KedaWords {
  /** How KEDA calls the event of a trigger that it cannot build or read. */
  private static final String FAILED = "KEDAScalerFailed";

  /** Different sentences that are shown; each failure says it anew, with another time in it. */
  private static final int SHOWN_MOST = 3;

  private final JsonObject object;
  private final Scalers scalers;
  private final ScalerVerdict verdict;

  private KedaWords(JsonObject object, Scalers scalers) {
    this.object = object;
    this.scalers = scalers;
    this.verdict = new ScalerVerdict(Fields.named("ScaledObject", object));
  }

  static ScalerVerdict of(JsonObject object, Scalers scalers) {
    KedaWords words = new KedaWords(object, scalers);
    words.asFarAsAllowed(words::authentications, "triggerauthentications.keda.sh");
    if (words.isTroubled()) {
      words.asFarAsAllowed(words::failures, "events");
    }
    return words.verdict;
  }

  private void asFarAsAllowed(Runnable look, String what) {
    try {
      look.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      verdict.note("%s were not looked at, for whoever asks may not", what);
    }
  }

  /** Whether KEDA is not content with it, or one of its triggers fails. */
  private boolean isTroubled() {
    JsonObject status = Fields.in(object, "status");
    return Fields.all(status, "conditions").stream()
            .anyMatch(is -> is("Ready", is) && !Fields.text(is, "status").equals("True"))
        || Fields.in(status, "health").stream()
            .anyMatch(
                each ->
                    each.getValue() instanceof JsonObject health
                        && Fields.text(health, "status").equals("Failing"));
  }

  private static boolean is(String type, JsonObject condition) {
    return Fields.text(condition, "type").equals(type);
  }

  private void failures() {
    List<Event> newestLast =
        scalers.warnings(object).stream()
            .filter(event -> FAILED.equals(event.getReason()))
            .toList();
    Set<String> said = new LinkedHashSet<>();
    for (int i = newestLast.size() - 1; i >= 0 && said.size() < SHOWN_MOST; i--) {
      said.add(withoutTimes(String.valueOf(newestLast.get(i).getMessage())));
    }
    said.forEach(words -> verdict.wrong("KEDA says: %s", words));
  }

  private static String withoutTimes(String words) {
    return words.replaceAll("&time=[^\"&]*", "");
  }

  /** KEDA asks without an authentication that is not there, and says nothing of it. */
  private void authentications() {
    for (JsonObject trigger : Fields.all(Fields.in(object, "spec"), "triggers")) {
      JsonObject named = Fields.in(trigger, "authenticationRef");
      String name = Fields.text(named, "name");
      boolean here = !Fields.text(named, "kind").equals("ClusterTriggerAuthentication");
      if (!name.isEmpty() && here && !scalers.has(Scalers.AUTHENTICATIONS, name)) {
        verdict.wrong(
            "its trigger %s names TriggerAuthentication %s, which must be there but is not: KEDA"
                + " asks without it",
            Fields.text(trigger, "type"), name);
      }
    }
  }
}
