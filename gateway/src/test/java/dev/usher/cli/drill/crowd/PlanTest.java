package dev.usher.cli.drill.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.cli.drill.Seconds;
import dev.usher.cli.drill.SocketLimit;
import dev.usher.cli.drill.http.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Behaviour HABITS =
      new Behaviour(Duration.ofSeconds(10), Duration.ofSeconds(2), 0.3, Duration.ofSeconds(30), 0);

  private static Plan plan(int visitors, long seed) {
    Target target = Target.of("http://127.0.0.1:8080/");
    Duration lasting = Duration.ofSeconds(60);
    return new Plan(List.of(target), visitors, Duration.ofSeconds(1), HABITS, lasting, seed);
  }

  @Test
  void everyoneArrivesInTimeAndInOrder() {
    long[] arrivals = plan(10_000, 1).arrivals();
    assertThat(arrivals).hasSize(10_000).isSorted();
    assertThat(arrivals[0]).isNotNegative();
    assertThat(arrivals[9_999]).isLessThan(1_000_000_000L);
    // Not all at once either: each tenth of the second gets about a tenth of them.
    long firstTenth = Arrays.stream(arrivals).filter(at -> at < 100_000_000L).count();
    assertThat(firstTenth).isBetween(800L, 1_200L);
  }

  @Test
  void theSameSeedIsTheSameCrowd() {
    assertThat(plan(100, 7).arrivals()).isEqualTo(plan(100, 7).arrivals());
    assertThat(plan(100, 7).arrivals()).isNotEqualTo(plan(100, 8).arrivals());
  }

  @Test
  void aCrowdWithoutVisitorsIsRefused() {
    assertThatThrownBy(() -> plan(0, 1)).hasMessage("visitors must be 1 to 100000 but was 0");
  }

  @Test
  void aStrangersHostIsRefusedUnlessTheOperatorSaysItIsTheirs() {
    Target strange = Target.of("http://192.0.2.1/");
    assertThatThrownBy(() -> strange.mustBeOurs(List.of()))
        .hasMessageContaining("--target-is-mine 192.0.2.1");
    strange.mustBeOurs(List.of("192.0.2.1"));
    Target.of("http://localhost:8080").mustBeOurs(List.of());
  }

  @Test
  void anAddressThatIsNoneIsNamed() {
    for (String wrong : List.of("localhost:8080", "ftp://localhost/", "http://", "http://a b/")) {
      assertThatThrownBy(() -> Target.of(wrong)).hasMessageContaining("\"" + wrong + "\"");
    }
  }

  @Test
  void tooFewOpenFilesAreSaidWithTheCommandThatHelps() {
    SocketLimit.mustSuffice(15_000, 20_000);
    assertThatThrownBy(() -> SocketLimit.mustSuffice(15_000, 1_024))
        .hasMessageContaining("ulimit -n 15300")
        .hasMessageContaining("--visitors 724");
  }

  @Test
  void durationsAreReadAsPeopleWriteThem() {
    Seconds seconds = new Seconds();
    assertThat(seconds.convert("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(seconds.convert("10s")).isEqualTo(Duration.ofSeconds(10));
    assertThat(seconds.convert("2m")).isEqualTo(Duration.ofMinutes(2));
    assertThatThrownBy(() -> seconds.convert("10")).hasMessageContaining("was \"10\"");
  }
}
