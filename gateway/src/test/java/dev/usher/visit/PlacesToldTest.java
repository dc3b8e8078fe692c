package dev.usher.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Place;
import dev.usher.visit.VisitAnswer.State;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** A place that is not true is seen, and what a view's age explains is not held against anybody. */
final class PlacesToldTest {
  private static final int CROWD = 300;

  private long now;
  private final Diary diary = new Diary(() -> now);

  private void told(long at, int visitor, State state, long ahead) {
    now = at;
    VisitAnswer answer = new VisitAnswer(200, state, ahead, 0, false, null, null);
    Place place = new Place(VisitTokens.ROOM, 1, 0, visitor);
    diary.write(new DiaryEntry(visitor, Ask.POLL, visitor % 2, at - 1, at, answer, place));
  }

  /** Those who wait from this number on ask every second until the time. */
  private void wait(int from, long seconds, IntToLongFunction ahead) {
    for (long until = now + seconds * 1000; now + 1000 <= until; ) {
      long at = now + 1000;
      for (int visitor = from; visitor <= CROWD; visitor++) {
        told(at, visitor, State.WAITING, ahead.applyAsLong(visitor));
      }
    }
  }

  private String broken() {
    Findings findings = new Findings();
    PlacesTold.check(diary, entry -> false, findings);
    return findings.isEmpty() ? "" : findings.toString();
  }

  @Test
  void placesThatAreTrueAgree() {
    wait(1, 20, visitor -> visitor - 1);
    for (int visitor = 1; visitor <= 100; visitor++) {
      told(now + 10, visitor, State.CALLED, -1);
    }
    wait(101, 20, visitor -> visitor - 101);
    assertThat(broken()).isEmpty();
  }

  @Test
  void ofTwoGatewaysTheOneThatKnowsHalfTheLineIsSeen() {
    wait(1, 20, visitor -> visitor - 1);
    wait(1, 20, visitor -> visitor % 2 == 0 ? visitor - 1 : Math.max(0, visitor - 223));
    assertThat(broken())
        .contains("places told to neighbours agree", "visitor 23 asked replica 1")
        .doesNotContain("asked replica 0");
  }

  @Test
  void theOneThatKnowsOfNobodyWhoHasGoneIsSeen() {
    wait(1, 20, visitor -> visitor - 1);
    for (int visitor = 1; visitor <= 222; visitor++) {
      told(now, visitor, State.CALLED, -1);
    }
    wait(223, 20, visitor -> visitor % 2 == 0 ? visitor - 223 : visitor - 1);
    assertThat(broken())
        .contains("places told to neighbours agree", "visitor 223 asked replica 1")
        .doesNotContain("asked replica 0");
  }

  @Test
  void whatAViewIsTooOldToKnowIsNoLie() {
    wait(1, 20, visitor -> visitor - 1);
    for (int visitor = 1; visitor <= 222; visitor++) {
      told(now, visitor, State.CALLED, -1);
    }
    wait(223, 2, visitor -> visitor % 2 == 0 ? visitor - 223 : visitor - 1);
    wait(223, 20, visitor -> visitor - 223);
    assertThat(broken()).isEmpty();
  }

  @Test
  void whoIsNotSeenForLongCountsForNobody() {
    for (int visitor = 1; visitor <= 222; visitor++) {
      told(now, visitor, State.WAITING, visitor - 1);
    }
    wait(223, 200, visitor -> visitor - 223);
    for (int visitor = 1; visitor <= 222; visitor++) {
      told(now, visitor, State.WAITING, visitor - 1);
    }
    assertThat(broken()).isEmpty();
  }
}
