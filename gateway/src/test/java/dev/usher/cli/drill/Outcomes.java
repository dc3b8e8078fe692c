package dev.usher.cli.drill;

import dev.usher.cli.drill.crowd.Behaviour;
import dev.usher.cli.drill.crowd.Count;
import dev.usher.cli.drill.crowd.PageTime;
import dev.usher.cli.drill.crowd.Percentiles;
import dev.usher.cli.drill.crowd.Plan;
import dev.usher.cli.drill.crowd.Timing;
import dev.usher.cli.drill.http.Target;
import dev.usher.cli.drill.http.Trouble;
import dev.usher.forecast.KeptWaits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Outcomes of drills that never ran, for tests of what is made of them. */
public final class Outcomes {
  private Outcomes() {}

  public static final int VISITORS = 100;

  /** Everyone got a ticket, the last after so many milliseconds, with this trouble or none. */
  public static Outcome of(double ticketMs, @Nullable Trouble trouble, List<OpsSample> ops) {
    Behaviour habits =
        new Behaviour(
            Duration.ofSeconds(10), Duration.ofSeconds(2), 0.3, Duration.ofSeconds(30), 0);
    Plan plan =
        new Plan(
            List.of(Target.of("http://127.0.0.1:8080/")),
            VISITORS,
            Duration.ofSeconds(1),
            habits,
            Duration.ofSeconds(60),
            1);
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    counts.put(Count.ARRIVED, (long) VISITORS);
    counts.put(Count.TICKETS, (long) VISITORS);
    counts.put(Count.ADMITTED, 30L);
    Map<Trouble, Long> troubles = trouble == null ? Map.of() : Map.of(trouble, 3L);
    List<Moment> course =
        ops.stream().map(sample -> new Moment(2.5, counts, troubles, Map.of(), sample)).toList();
    Percentiles ticket = new Percentiles(VISITORS, ticketMs / 2, ticketMs, ticketMs);
    Map<Timing, Percentiles> times = Map.of(Timing.TICKET, ticket, Timing.FIRST_ANSWER, ticket);
    Moment end = new Moment(3, counts, troubles, Map.of(), null);
    return new Outcome(
        plan, end, times, course, 1, List.of(new PageTime(2.5, 12.25)), new KeptWaits());
  }
}
