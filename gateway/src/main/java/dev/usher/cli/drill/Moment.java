package dev.usher.cli.drill;

import dev.usher.cli.drill.crowd.Count;
import dev.usher.cli.drill.http.Trouble;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a drill at one moment.
 *
 * @param seconds seconds since its start
 * @param counts what was counted so far
 * @param troubles what went wrong so far
 * @param refusals answers of 400 and above, by status
 * @param ops what Usher itself said, or null if it was not asked or did not answer
 */
public record Moment(
    double seconds,
    Map<Count, Long> counts,
    Map<Trouble, Long> troubles,
    Map<Integer, Long> refusals,
    @Nullable OpsSample ops) {

  /** One count. */
  public long of(Count what) {
    return counts.getOrDefault(what, 0L);
  }

  /** Everything that went wrong. */
  public long errors() {
    return troubles.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What went wrong with connections. */
  public long connectionErrors() {
    return troubles.entrySet().stream()
        .filter(e -> e.getKey().ofConnection())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
