package dev.usher.admission.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import org.junit.jupiter.api.Test;

/** What requests of nobody's session leave to sessions. */
final class RoomlessTrafficTest {
  private final Upstream shop = new Upstream().warm(2);

  private long with(Declared declared) {
    MeasuredCapacity controller = new MeasuredCapacity(declared, Tuning.DEFAULT);
    long capacity = 0;
    for (int i = 0; i < 100; i++) {
      shop.roomless += 8; // 40 a second, all answered well
      shop.answered(8, 0.001);
      capacity = shop.step(controller).capacity();
    }
    return capacity;
  }

  @Test
  void whereNoRateIsDeclaredTheyTakeNothingThatAnybodyKnowsOf() {
    assertThat(with(new Declared(100, 0, 50, 0))).isEqualTo(60);
  }

  @Test
  void whereOneIsDeclaredTheyTakeTheirPartOfIt() {
    assertThat(with(new Declared(100, 100, 50, 0))).isBetween(15L, 25L);
  }
}
