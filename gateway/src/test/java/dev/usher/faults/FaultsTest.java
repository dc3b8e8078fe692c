package dev.usher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.visit.Findings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three replicas, their store and a crowd, each a process or a socket of its own, while something
 * of it fails. By default a short selection; {@code -Dusher.faults=all} runs every schedule that
 * has a name, {@code -Dusher.faults=NAME,NAME} some of them, and {@code -Dusher.faults.seeds=200}
 * so many drawn by chance, from {@code -Dusher.faults.first=1} on.
 */
@Tag("redis")
@Tag("faults")
@Tag("alone")
class FaultsTest {
  private static final String SHORT =
      "kill-leader,stop-leader-10s,store-killed-empty-after-5s,flushall,failover-lost-writes,"
          + "clock-skew-30s";

  @TempDir private Path folder = Path.of(".");

  static Stream<Schedule> named() {
    String wanted = System.getProperty("usher.faults", SHORT);
    if (wanted.equals("all")) {
      return Schedule.named().values().stream();
    }
    return List.of(wanted.split(",", -1)).stream()
        .filter(name -> !name.equals("none"))
        .map(name -> Objects.requireNonNull(Schedule.named().get(name), name));
  }

  static Stream<Schedule> drawn() {
    long first = Long.getLong("usher.faults.first", 1);
    return LongStream.range(first, first + Long.getLong("usher.faults.seeds", 0))
        .mapToObj(Schedule::random);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("named")
  void nobodyLosesAPlaceThrough(Schedule schedule) {
    keepsEveryPromise(schedule);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("drawn")
  void nobodyLosesAPlaceThroughAnything(Schedule schedule) {
    keepsEveryPromise(schedule);
  }

  private void keepsEveryPromise(Schedule schedule) {
    Findings findings = Run.of(schedule, folder);
    System.out.println(findings);
    assertThat(findings.isEmpty())
        .withFailMessage("%s, seed %s:%n%s", schedule.name(), schedule.seed(), findings)
        .isTrue();
  }
}
