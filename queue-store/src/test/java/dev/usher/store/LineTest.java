package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class LineTest {
  @Property(tries = 200)
  void aheadAreThosePresentBetweenTheCalledAndTheNumberAndAllWhoCameSince(
      @ForAll long seed,
      @ForAll @IntRange(max = 3000) int issued,
      @ForAll @IntRange(max = 3000) int called,
      @ForAll @IntRange(min = 1, max = 4000) int number) {
    Random random = new Random(seed);
    BitSet present = new BitSet();
    for (int n = 1; n <= issued; n++) {
      present.set(n, random.nextBoolean());
    }
    long open = Math.min(called, issued);
    long expected = 0;
    for (long n = open + 1; n < number; n++) {
      expected += n > issued || present.get((int) n) ? 1 : 0;
    }
    assertThat(line(issued, open, present).ahead(number)).isEqualTo(expected);
  }

  @Example
  void nobodyIsAheadOfTheCalledNorOfTheNextOne() {
    BitSet all = new BitSet();
    all.set(1, 11);
    Line line = line(10, 4, all);
    assertThat(line.ahead(1)).isZero();
    assertThat(line.ahead(4)).isZero();
    assertThat(line.ahead(5)).isZero();
    assertThat(line.ahead(6)).isEqualTo(1);
    assertThat(line.ahead(11)).isEqualTo(6);
    assertThat(line.ahead(13)).isEqualTo(8);
  }

  @Example
  void numbersThatWereLeftOutAfterALossAreNobody() {
    BitSet all = new BitSet();
    all.set(1, 411);
    Line before = line(410, 10, all);
    // The 12th who came after the loss, and after a second one.
    assertThat(before.ahead(410 + Queue.GAP + 12)).isEqualTo(411);
    assertThat(before.ahead(410 + 2 * Queue.GAP + 12)).isEqualTo(411);
  }

  private static Line line(long issued, long called, BitSet present) {
    return new Line(
        1,
        0,
        issued,
        called,
        0,
        Line.EVERYONE,
        false,
        Bits.of(present),
        Bits.NONE,
        Map.of(),
        new Line.Counts(0, 0, 0, 0),
        Line.Recovery.NONE,
        0);
  }
}
