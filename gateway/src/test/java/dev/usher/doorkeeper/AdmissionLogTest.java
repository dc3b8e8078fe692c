package dev.usher.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.WrittenLog;
import dev.usher.admission.Admission;
import dev.usher.admission.Admission.Reason;
import dev.usher.admission.Figures;
import dev.usher.admission.Observation;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.QueueCounts;
import dev.usher.admission.Traffic;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AdmissionLogTest {
  @RegisterExtension private final WrittenLog written = new WrittenLog(AdmissionLog.class);
  private Reason reason = Reason.NOBODY_WAITS;
  private boolean leads = true;
  private long now = 1_800_000_000_000L;
  private final AdmissionLog admission =
      new AdmissionLog(
          "shop", seen -> new Admission(7, 0, 0, reason, Figures.NONE, List.of(), null));

  @Test
  void aChangeOfTheLimitIsOneLine() {
    after(0, Reason.NOBODY_WAITS);
    after(200, Reason.NOBODY_WAITS);
    after(1000, Reason.CAPACITY_FULL);
    after(200, Reason.CAPACITY_FULL);
    assertThat(reasons()).containsExactly("none>nobody_waits", "nobody_waits>capacity_full");
    assertThat(written.events().get(1).getFormattedMessage()).isEqualTo("admission_limit");
    assertThat(value(1, "upstream")).isEqualTo("shop");
    assertThat(value(1, "capacity")).isEqualTo("7");
    assertThat(value(1, "sessions")).isEqualTo("5");
  }

  @Test
  void thatSomeoneComesAndGoesIsNoNews() {
    after(0, Reason.NOBODY_WAITS);
    after(5000, Reason.ENOUGH_FOR_ALL);
    after(5000, Reason.NOBODY_WAITS);
    assertThat(reasons()).containsExactly("none>nobody_waits");
  }

  @Test
  void limitsThatTakeTurnsAreSaidNowAndThenAndTheLastOfThemInTheEnd() {
    after(0, Reason.NOBODY_WAITS);
    for (int i = 0; i < 100; i++) {
      after(200, i % 2 == 0 ? Reason.RATE : Reason.CAPACITY_FULL);
    }
    assertThat(reasons()).hasSizeBetween(4, 6);
    for (int i = 0; i < 60; i++) {
      after(200, Reason.PODS_LOST);
    }
    assertThat(reasons()).last().asString().endsWith(">pods_lost");
    assertThat(reasons()).hasSizeBetween(5, 7);
  }

  @Test
  void whoDoesNotLeadSaysNothing() {
    leads = false;
    after(0, Reason.NO_CAPACITY);
    after(5000, Reason.CAPACITY_FULL);
    assertThat(reasons()).isEmpty();
  }

  private void after(long millis, Reason limit) {
    now += millis;
    reason = limit;
    QueueCounts queue = new QueueCounts(5, 1, 0, 0, 0, 0, 0, 0, false, leads);
    Admission decided =
        admission.decide(new Observation(now, new PodsSeen(List.of(), Traffic.NONE, 0), queue));
    assertThat(decided.reason()).isEqualTo(limit);
  }

  private List<String> reasons() {
    return IntStream.range(0, written.events().size())
        .mapToObj(i -> value(i, "before") + ">" + value(i, "reason"))
        .toList();
  }

  private String value(int line, String key) {
    return written.events().get(line).getKeyValuePairs().stream()
        .filter(pair -> pair.key.equals(key))
        .map(pair -> Objects.toString(pair.value))
        .findFirst()
        .orElse("");
  }
}
