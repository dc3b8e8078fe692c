package dev.usher.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VirtualLineTest {
  private final VirtualLine line = new VirtualLine();
  private long now = 1_000_000;

  @Test
  void whoFindsAPlaceAtOnceIsNotHeld() {
    step(100, 0, 50, 0);
    step(100, 40, 50, 40);
    assertThat(line.told()).isEqualTo(new VirtualLine.Told(0, 0, 0));
  }

  @Test
  void whoExceedsTheCapacityWouldWaitUntilOthersHaveGone() {
    step(100, 0, 1000, 0);
    step(100, 130, 1000, 130);
    assertThat(line.told()).isEqualTo(new VirtualLine.Told(30, 30, 0));
    step(100, 130, 1000, 130);
    assertThat(line.told()).isEqualTo(new VirtualLine.Told(30, 30, 1000));
    // Ten go home, so ten of the thirty would come in.
    step(100, 120, 1000, 130);
    assertThat(line.told()).isEqualTo(new VirtualLine.Told(20, 30, 2000));
    step(100, 60, 1000, 130);
    assertThat(line.told()).isEqualTo(new VirtualLine.Told(0, 30, 3000));
  }

  @Test
  void aCrowdComesInNoFasterThanItsFirstRequestsFit() {
    step(1000, 0, 10, 0);
    step(1000, 100, 10, 100);
    assertThat(line.told().waiting()).isEqualTo(90);
    for (int i = 0; i < 9; i++) {
      step(1000, 100, 10, 100);
    }
    assertThat(line.told()).isEqualTo(new VirtualLine.Told(0, 90, 9000));
  }

  @Test
  void whoWouldWaitAndIsGoneWaitsNoMore() {
    step(10, 0, 1000, 0);
    step(10, 100, 1000, 100);
    step(0, 5, 1000, 100);
    assertThat(line.told().waiting()).isEqualTo(5);
  }

  @Test
  void countsOfAStoreThatBeganAnewHoldNobody() {
    step(10, 500, 1000, 500);
    step(10, 500, 1000, 3);
    assertThat(line.told().held()).isZero();
  }

  private void step(long capacity, long sessions, double rate, long admitted) {
    now += 1000;
    line.step(new VirtualLine.Step(now, capacity, sessions, rate, admitted));
  }
}
