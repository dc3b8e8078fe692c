package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.store.Place;
import org.junit.jupiter.api.Test;

class VerifiedPassesTest {
  private static final Pass ONE = new Pass(new Place("r", 1, 0, 1), 0, 0, 0);
  private static final Pass TWO = new Pass(new Place("r", 1, 0, 2), 0, 0, 0);

  @Test
  void textsThatShareASlotAreNeverTakenForEachOther() {
    VerifiedPasses verified = new VerifiedPasses(1);
    verified.put("header.one.signature", ONE);

    assertThat(verified.get("header.one.signature")).isEqualTo(ONE);
    assertThat(verified.get("header.two.signature")).isNull(); // the same tail
    assertThat(verified.get("another")).isNull(); // the same slot
    assertThat(verified.get("")).isNull();
  }

  @Test
  void aNewerPassTakesTheSlotOfAnOlderOne() {
    VerifiedPasses verified = new VerifiedPasses(1);
    verified.put("one", ONE);
    verified.put("two", TWO);

    assertThat(verified.get("one")).isNull();
    assertThat(verified.get("two")).isEqualTo(TWO);
  }

  @Test
  void theSizeIsAPowerOfTwo() {
    assertThatThrownBy(() -> new VerifiedPasses(3)).hasMessageContaining("but was 3");
    assertThatThrownBy(() -> new VerifiedPasses(0)).hasMessageContaining("but was 0");
  }
}
