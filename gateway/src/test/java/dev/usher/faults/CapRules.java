package dev.usher.faults;

import dev.usher.faults.History.Crowding;
import dev.usher.faults.History.Trouble;
import dev.usher.visit.Findings;
import java.util.List;

/** What no pod has more of in flight than its cap, and what is excepted. */
final class CapRules {
  /** So long nobody has the slots of a replica that is silent. */
  private static final long LEASE_MILLIS = 1000;

  /** By then it is connected again, was told its share, and its requests beyond it have ended. */
  private static final long HEARD_MILLIS = 1000 + 1000;

  private CapRules() {}

  static void check(History history, int cap, Findings findings) {
    List<Crowding> beyond = history.crowdings();
    for (Crowding each : beyond) {
      // A replica that nobody hears of, and that lives, has its own share beyond what the others
      // have together; it is at most the whole cap.
      boolean excepted = each.inFlight() <= 2 * cap && isAnyUnheard(history, each.at());
      if (!excepted) {
        findings.broken(
            "no pod has more in flight than its cap",
            each.inFlight() + " of " + cap + " at " + each.at() + " ms");
      }
    }
    findings.measured(
        String.format(
            "most in flight on a pod: %d, cap %d; requests that found it beyond: %d%s",
            history.mostInFlight(), cap, beyond.size(), span(beyond)));
  }

  private static String span(List<Crowding> beyond) {
    return beyond.isEmpty()
        ? ""
        : String.format(
            ", from %d to %d ms", beyond.get(0).at(), beyond.get(beyond.size() - 1).at());
  }

  private static boolean isAnyUnheard(History history, long at) {
    return history.troubles().stream()
        .filter(trouble -> trouble.fault().leavesUnheard())
        .anyMatch(
            trouble ->
                at >= trouble.from() + LEASE_MILLIS
                    && at <= heardAgain(history, trouble) + HEARD_MILLIS);
  }

  /** While the store is away, too, it hears nothing. */
  private static long heardAgain(History history, Trouble of) {
    return history.troubles().stream()
        .filter(other -> other.fault().hitsStore())
        .filter(other -> other.from() <= of.to() + HEARD_MILLIS && other.to() >= of.from())
        .mapToLong(Trouble::to)
        .reduce(of.to(), Math::max);
  }
}
