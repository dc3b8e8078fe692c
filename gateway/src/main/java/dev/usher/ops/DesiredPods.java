package dev.usher.ops;

import dev.usher.http.Problem;
import dev.usher.ops.control.OpsAnswer;
import dev.usher.provision.Desired;
import dev.usher.provision.DesiredPath;
import dev.usher.provision.ScaleSignal;
import dev.usher.words.EnumWords;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer how many pods an upstream should have, for whoever may add some. If that is unknown,
 * the answer is a failure: a missing number must never be taken for zero.
 */
final class DesiredPods {
  private final Running running;

  DesiredPods(Running running) {
    this.running = running;
  }

  /** The answer at this path; null if it asks for something else. */
  @Nullable OpsAnswer at(String path) {
    String upstream = DesiredPath.upstreamOf(path);
    if (upstream == null) {
      return null;
    }
    List<ScaleSignal> signals = running.signals();
    for (ScaleSignal signal : signals) {
      if (signal.upstream().equals(upstream)) {
        return of(signal);
      }
    }
    List<String> known = signals.stream().map(ScaleSignal::upstream).toList();
    return OpsAnswer.of(
        Problem.NO_SUCH_UPSTREAM,
        "The upstream must be one of " + known + " but was \"" + upstream + "\"");
  }

  private OpsAnswer of(ScaleSignal signal) {
    long now = running.clock().getAsLong();
    signal.read(now);
    Desired desired = signal.told(now);
    return desired == null
        ? OpsAnswer.of(Problem.NUMBER_UNKNOWN, why(signal, now))
        : OpsAnswer.json(200, number(desired));
  }

  private static String why(ScaleSignal signal, long now) {
    return signal.age(now) < 0
        ? "No replica has reckoned yet how many pods upstream "
            + signal.upstream()
            + " should have: its pods are not known yet, or the store does not answer"
        : "The last number is "
            + signal.age(now) / 1000
            + " s old: the store does not answer, or no replica leads";
  }

  private static JsonObject number(Desired desired) {
    return new JsonObject()
        .put("desired", desired.desired())
        .put("queue", desired.terms().queue())
        .put("schedule", desired.terms().schedule())
        .put("sessions", desired.terms().sessions())
        .put("reason", EnumWords.lower(desired.reason()))
        .put("until", until(desired))
        .put("ready", desired.pods().ready());
  }

  private static @Nullable String until(Desired desired) {
    return desired.until() == 0 ? null : Instant.ofEpochMilli(desired.until()).toString();
  }

  /** The number with what it was computed from, for people; null if it is unknown now. */
  static @Nullable JsonObject explained(ScaleSignal signal, long now) {
    Desired desired = signal.told(now);
    return desired == null
        ? null
        : number(desired)
            .put("needed", desired.needed())
            .put("known", desired.pods().known())
            .put("shortSeconds", desired.pods().shortSeconds())
            .put("trust", desired.learnt().trust())
            .put("sessionSeconds", desired.learnt().sessionSeconds())
            .put("askedSecondsAgo", asked(signal, now));
  }

  private static @Nullable Double asked(ScaleSignal signal, long now) {
    return signal.readAt() == 0 ? null : (now - signal.readAt()) / 1000.0;
  }
}
