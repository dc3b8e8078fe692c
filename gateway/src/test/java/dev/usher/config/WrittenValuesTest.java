package dev.usher.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.config.schema.Durations;
import dev.usher.config.schema.NearestKey;
import dev.usher.config.schema.Sizes;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WrittenValuesTest {
  @Property
  void aDurationReadsAsItWasWritten(@ForAll @LongRange(min = 0, max = 1L << 40) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
  }

  @Test
  void durationsAddUpTheirParts() {
    assertThat(Durations.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Durations.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(Durations.parse("5m3ms")).isEqualTo(Duration.ofMillis(300_003));
    assertThat(Durations.format(Duration.ZERO)).isEqualTo("0s");
  }

  @Test
  void sizesCountInPowersOf1024AndNeverOverflow() {
    assertThat(Sizes.parse("7")).isEqualTo(7);
    assertThat(Sizes.parse("7B")).isEqualTo(7);
    assertThat(Sizes.parse("16KiB")).isEqualTo(16384);
    assertThat(Sizes.parse("3GiB")).isEqualTo(3L << 30);
    assertThat(Sizes.parse("999999999999TiB")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theNearestKeyIsTheOneThatWasMeantOrNone() {
    List<String> known = List.of("port", "host", "sessionsPerPod", "sessionTimeout");
    assertThat(NearestKey.to("prot", known)).isEqualTo("port");
    assertThat(NearestKey.to("Host", known)).isEqualTo("host");
    assertThat(NearestKey.to("sessions-per-pod", known)).isEqualTo("sessionsPerPod");
    assertThat(NearestKey.to("sessionPerPods", known)).isEqualTo("sessionsPerPod");
    assertThat(NearestKey.to("colour", known)).isNull();
    assertThat(NearestKey.to("x".repeat(1_000_000), known)).isNull();
  }
}
