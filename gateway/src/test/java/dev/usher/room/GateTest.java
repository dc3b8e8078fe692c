package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.usher.store.Bits;
import dev.usher.store.Line;
import dev.usher.store.Place;
import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GateTest {
  private static final long T = 1_800_000_000_000L;

  private final Gate gate = new Gate(place -> false);

  @Test
  void nobodyComesInBeforeTheQueueIsKnown() {
    assertThat(gate.isOpenTo(place(7, 1))).isFalse();
    assertThat(gate.isOver(place(7, 1))).isFalse();
    assertThat(gate.ahead(place(7, 1))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theLaterLineByTheStoresTimeIsKeptWhicheverComesFirst() {
    gate.refresh(line(7, 100, T + 200));
    gate.refresh(line(7, 50, T));
    assertThat(gate.isOpenTo(place(7, 100))).isTrue();
    gate.refresh(line(7, 120, T + 400));
    assertThat(gate.isOpenTo(place(7, 120))).isTrue();
  }

  @Test
  void ofTwoLinesOfOneMomentTheOneThatCalledMoreIsKept() {
    gate.refresh(line(7, 100, T));
    gate.refresh(line(7, 90, T));
    assertThat(gate.isOpenTo(place(7, 100))).isTrue();
  }

  @Test
  void aStoreWhoseClockWasSetBackIsBelieved() {
    gate.refresh(line(7, 100, T));
    gate.refresh(line(7, 150, T - 60_000));
    assertThat(gate.isOpenTo(place(7, 150))).isTrue();
    gate.refresh(line(7, 160, T - 59_800));
    assertThat(gate.isOpenTo(place(7, 160))).isTrue();
  }

  @Test
  void thePaceFollowsTheCallsAndForgetsAPauseSlowly() {
    long called = 0;
    long now = T;
    gate.refresh(line(7, called, now));
    for (int i = 0; i < 150; i++) {
      called += 4;
      now += 200;
      gate.refresh(line(7, called, now));
    }
    assertThat(gate.pace()).isCloseTo(20, within(0.5));
    for (int i = 0; i < 25; i++) {
      now += 200;
      gate.refresh(line(7, called, now));
    }
    assertThat(gate.pace()).isCloseTo(10, within(0.5));
    gate.refresh(line(7, called, now));
    assertThat(gate.pace()).as("asked twice in a moment").isCloseTo(10, within(0.5));
    gate.refresh(line(8, 0, now + 200));
    assertThat(gate.pace()).as("in a new epoch").isZero();
  }

  @Test
  void whoLeftIsKnownInThisEpochAndInThoseThatHaveSessionsStill() {
    gate.refresh(
        new Line(
            8,
            0,
            10,
            5,
            0,
            Line.EVERYONE,
            false,
            Bits.NONE,
            bits(3),
            Map.of(7L, bits(2)),
            new Line.Counts(0, 0, 0, 0),
            new Line.Recovery(8, 0, 0, false, true),
            T));
    assertThat(gate.hasLeft(place(8, 3))).isTrue();
    assertThat(gate.hasLeft(place(8, 2))).isFalse();
    assertThat(gate.hasLeft(place(7, 2))).isTrue();
    assertThat(gate.hasLeft(place(7, 3))).isFalse();
    assertThat(gate.hasLeft(place(6, 3))).isFalse();
    assertThat(gate.isOver(place(7, 3))).isTrue();
    assertThat(gate.isOver(place(9, 3))).isFalse();
    assertThat(gate.isLost(place(7, 3))).isTrue();
    assertThat(gate.isLost(place(8, 2))).isFalse();
  }

  private static Bits bits(int... numbers) {
    BitSet set = new BitSet();
    for (int number : numbers) {
      set.set(number);
    }
    return Bits.of(set);
  }

  private static Place place(long epoch, long number) {
    return new Place("concert", epoch, 0, number);
  }

  private static Line line(long epoch, long called, long time) {
    return new Line(
        epoch,
        0,
        1000,
        called,
        0,
        Line.EVERYONE,
        false,
        Bits.NONE,
        Bits.NONE,
        Map.of(),
        new Line.Counts(0, 0, 0, 0),
        Line.Recovery.NONE,
        time);
  }
}
