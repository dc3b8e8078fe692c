package dev.usher.doorkeeper;

import dev.usher.admission.Admission;
import dev.usher.admission.Admission.Reason;
import dev.usher.admission.AdmissionController;
import dev.usher.admission.Figures;
import dev.usher.admission.Observation;
import dev.usher.words.EnumWords;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the limit on admission whenever it changes; decides nothing itself. Only the leader logs,
 * because the decisions of the other replicas limit nobody.
 */
public final class AdmissionLog implements AdmissionController {
  private static final Logger LOG = LoggerFactory.getLogger(AdmissionLog.class);

  /** Shortest time between two lines of one upstream. */
  private static final long PAUSE_MILLIS = 1000;

  /**
   * Time before a limit is logged again: in a house that is just full, two limits take turns at
   * every tick.
   */
  private static final long SAME_AGAIN_MILLIS = 10_000;

  private final String upstream;
  private final AdmissionController decides;
  private final Map<Reason, Long> saidAt = new EnumMap<>(Reason.class);
  private @Nullable Reason said;

  public AdmissionLog(String upstream, AdmissionController decides) {
    this.upstream = upstream;
    this.decides = decides;
  }

  @Override
  public Admission decide(Observation seen) {
    Admission decided = decides.decide(seen);
    // A replica that does not lead is not told these counts.
    if (seen.queue().counted() && isNews(decided.reason(), seen.now())) {
      say(seen, decided);
      said = decided.reason();
      saidAt.put(decided.reason(), seen.now());
    }
    return decided;
  }

  private boolean isNews(Reason reason, long now) {
    Reason before = said;
    if (before == null) {
      return true;
    }
    // In a quiet room every arrival changes one of these into the other, and nobody has to act.
    boolean same = reason == before || (isWell(reason) && isWell(before));
    return !same
        && now - at(before) >= PAUSE_MILLIS
        && (!saidAt.containsKey(reason) || now - at(reason) >= SAME_AGAIN_MILLIS);
  }

  private long at(Reason reason) {
    return saidAt.getOrDefault(reason, 0L);
  }

  private static boolean isWell(Reason reason) {
    return reason == Reason.NOBODY_WAITS || reason == Reason.ENOUGH_FOR_ALL;
  }

  private void say(Observation seen, Admission decided) {
    Figures figures = decided.figures();
    LOG.atInfo()
        .addKeyValue("upstream", upstream)
        .addKeyValue("reason", EnumWords.lower(decided.reason()))
        .addKeyValue("before", said == null ? "none" : EnumWords.lower(said))
        .addKeyValue("capacity", decided.capacity())
        .addKeyValue("sessions", seen.queue().sessions())
        .addKeyValue("waiting", seen.queue().waiting())
        .addKeyValue("pods", figures.readyPods())
        .addKeyValue("warm", rounded(figures.warmPods()))
        .addKeyValue("headroom", rounded(figures.headroom()))
        .addKeyValue("correction", rounded(figures.correction() * figures.learned()))
        .addKeyValue("rate", rounded(figures.rate()))
        .log("admission_limit");
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
