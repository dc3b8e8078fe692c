package dev.usher.cli.drill;

import dev.usher.cli.drill.crowd.Count;
import dev.usher.cli.drill.crowd.PageTime;
import dev.usher.cli.drill.crowd.Percentiles;
import dev.usher.cli.drill.crowd.Plan;
import dev.usher.cli.drill.crowd.Timing;
import dev.usher.forecast.KeptWaits;
import java.util.List;
import java.util.Map;

/**
 * The outcome of a drill.
 *
 * @param plan what was to be done
 * @param end the state at its end, before the last visitors were sent home
 * @param times what visitors waited for
 * @param course its course, a few moments a second
 * @param cpuSeconds processor time of this process, the visitors' side of every figure
 * @param pages every page of admitted visitors
 * @param waits what came of the waits that visitors were told of
 */
public record Outcome(
    Plan plan,
    Moment end,
    Map<Timing, Percentiles> times,
    List<Moment> course,
    double cpuSeconds,
    List<PageTime> pages,
    KeptWaits waits) {

  public Outcome {
    course = List.copyOf(course);
    pages = List.copyOf(pages);
  }

  /** The times of one kind. */
  public Percentiles of(Timing span) {
    return times.getOrDefault(span, new Percentiles(0, 0, 0, 0));
  }

  /** Seconds until every visitor held a ticket or was in; below 0 if it never came to that. */
  public double everyoneHeldATicketAfter() {
    Percentiles ticket = of(Timing.TICKET);
    if (ticket.count() < plan.visitors()) {
      return -1;
    }
    return course.stream()
        .filter(m -> m.of(Count.TICKETS) >= plan.visitors())
        .mapToDouble(Moment::seconds)
        .findFirst()
        .orElse(end.seconds());
  }
}
