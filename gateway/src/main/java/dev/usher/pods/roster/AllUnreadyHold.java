package dev.usher.pods.roster;

import dev.usher.pods.PodFact;
import dev.usher.pods.PodFact.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The doubt whether all pods are unready at once. If most of them answered a moment ago, whoever
 * says so is more likely to be wrong, so the pods are kept a while, except those that are certainly
 * on their way out. Confined to the roster's lock.
 */
final class AllUnreadyHold {
  private static final long KEPT_MILLIS = 15_000;
  private static final long ANSWERED_MILLIS = 2_000;

  private @Nullable List<PodFact> held;
  private long until;

  /** Whether the last word is doubted now. */
  boolean isOn() {
    return held != null;
  }

  /** The facts to act on: those just told, or what held before. */
  List<PodFact> weigh(List<PodFact> facts, PodTable table, long now) {
    if (facts.stream().anyMatch(fact -> fact.standing() == Standing.READY)) {
      held = null;
      return facts;
    }
    if (held == null) {
      long ready = table.ready().count();
      long suspects =
          facts.stream().filter(fact -> isSuspect(fact, table.at(fact.pod()), now)).count();
      if (suspects == 0 || 2 * suspects < ready) {
        return facts;
      }
      until = now + KEPT_MILLIS;
    }
    held = List.copyOf(facts);
    return facts.stream().map(fact -> kept(fact, table.at(fact.pod()))).toList();
  }

  private static boolean isSuspect(PodFact fact, @Nullable PodState state, long now) {
    return fact.standing() == Standing.UNREADY
        && state != null
        && state.isReady()
        && now - state.answeredAt() <= ANSWERED_MILLIS;
  }

  private static PodFact kept(PodFact fact, @Nullable PodState state) {
    boolean keep = fact.standing() == Standing.UNREADY && state != null && state.isReady();
    return keep ? fact.standing(Standing.READY) : fact;
  }

  /** The facts to be believed after all, once; null while there are none. */
  @Nullable List<PodFact> over(long now) {
    if (held == null || now < until) {
      return null;
    }
    List<PodFact> believed = held;
    held = null;
    return believed;
  }
}
