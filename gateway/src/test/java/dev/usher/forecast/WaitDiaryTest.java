package dev.usher.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.forecast.KeptWaits.Kept;
import dev.usher.forecast.ToldWaits.Told;
import org.junit.jupiter.api.Test;

class WaitDiaryTest {
  private final KeptWaits kept = new KeptWaits();

  @Test
  void eachWordIsComparedWithWhatRemainedThen() {
    WaitDiary diary = new WaitDiary();
    diary.told(0, null);
    diary.told(10_000, new WaitRange(10_000, 40_000)); // the truth: 100 s
    diary.told(40_000, new WaitRange(60_000, 80_000)); // 70 s
    diary.told(55_000, new WaitRange(80_000, 100_000)); // 55 s
    diary.comesIn(110_000, kept);
    assertThat(kept.all().get(Told.ARRIVAL)).isEqualTo(new Kept(1, 0, 0, 1, 0.3f));
    assertThat(kept.all().get(Told.MINUTE)).isEqualTo(new Kept(1, 1, 0, 0, 20f / 70));
    assertThat(kept.all().get(Told.HALFWAY)).isEqualTo(new Kept(1, 0, 1, 0, 20f / 55));
    assertThat(kept.overall()).isEqualTo(new Kept(3, 1 / 3.0, 1 / 3.0, 1 / 3.0, 0.3f));
  }

  @Test
  void whoWasNeverToldIsCounted() {
    WaitDiary diary = new WaitDiary();
    diary.told(0, null);
    diary.comesIn(110_000, kept);
    assertThat(kept.untold()).isEqualTo(1);
    assertThat(kept.overall()).isNull();
  }

  @Test
  void theLastWordStandsThoughItWasThatNothingCanBeTold() {
    WaitDiary diary = new WaitDiary();
    diary.told(0, new WaitRange(90_000, 110_000));
    diary.told(30_000, null);
    diary.comesIn(100_000, kept);
    assertThat(kept.all()).containsOnlyKeys(Told.ARRIVAL);
  }
}
