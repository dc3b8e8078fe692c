package dev.usher.pods.roster;

import dev.usher.pods.PodFact;
import dev.usher.pods.PodFact.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether to believe that all pods are unready at once. When most of them answered a moment ago it
 * is more likely that whoever says so is wrong, so they are kept a while; not those that are on
 * their way out for certain. Confined to the roster's lock.
 */
final class AllUnreadyHold {
  private static final long KEPT_MILLIS = 15_000;
  private static final long ANSWERED_MILLIS = 2_000;

  private @Nullable List<PodFact> held;
  private long until;

  /** Whether something is not believed now. */
  boolean isOn() {
    return held != null;
  }

  /** What to go by: the facts, or what was before. */
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

  /** What is to be believed after all, once; null while nothing is. */
  @Nullable List<PodFact> over(long now) {
    if (held == null || now < until) {
      return null;
    }
    List<PodFact> believed = held;
    held = null;
    return believed;
  }
}
