package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class BitsTest {
  private static final int MOST = 4 * Bits.CHUNK;

  @Property(tries = 300)
  void theSetIsThatOfTheLibrary(
      @ForAll @Size(max = 40) List<@IntRange(max = MOST) Integer> numbers,
      @ForAll @IntRange(max = MOST + Bits.CHUNK) int asked) {
    BitSet set = new BitSet();
    numbers.forEach(set::set);
    checkSame(Bits.of(set), set, asked);
  }

  @Property(tries = 50)
  void aCrowdedSetIsThatOfTheLibrary(
      @ForAll long seed, @ForAll @IntRange(max = MOST + Bits.CHUNK) int asked) {
    Random random = new Random(seed);
    BitSet set = new BitSet();
    int from = random.nextInt(MOST);
    for (int n = from; n < MOST; n += 1 + random.nextInt(3)) {
      set.set(n);
    }
    checkSame(Bits.of(set), set, asked);
  }

  private static void checkSame(Bits bits, BitSet set, int asked) {
    assertThat(bits.count()).isEqualTo(set.cardinality());
    assertThat(bits.toBitSet()).isEqualTo(set);
    for (int n : new int[] {asked, asked + 1, asked | 63, asked & ~63, asked / 65_536 * 65_536}) {
      assertThat(bits.has(n)).as("has " + n).isEqualTo(set.get(n));
      assertThat(bits.before(n)).as("before " + n).isEqualTo(set.get(0, n).cardinality());
    }
  }

  @Property(tries = 100)
  void chunksMayBeShortOrEmptyAsRedisHasThem(
      @ForAll @Size(max = 20) List<@IntRange(max = 2 * Bits.CHUNK - 1) Integer> numbers,
      @ForAll @IntRange(max = 100) int firstChunk) {
    BitSet set = new BitSet();
    byte[][] chunks = {new byte[0], new byte[0]};
    for (int n : numbers) {
      int c = n / Bits.CHUNK;
      int at = n % Bits.CHUNK;
      chunks[c] = longer(chunks[c], at / 8 + 1);
      chunks[c][at / 8] |= (byte) (0x80 >> at % 8);
      set.set(firstChunk * Bits.CHUNK + n);
    }
    checkSame(Bits.of(firstChunk, chunks), set, firstChunk * Bits.CHUNK + 70_000);
  }

  private static byte[] longer(byte[] bytes, int length) {
    return bytes.length >= length ? bytes : Arrays.copyOf(bytes, length);
  }

  @Example
  void noNumbersAreNoNumbers() {
    assertThat(Bits.NONE.count()).isZero();
    assertThat(Bits.NONE.has(0)).isFalse();
    assertThat(Bits.NONE.before(Place.NUMBER_MAX)).isZero();
    assertThat(Bits.of(new BitSet())).isSameAs(Bits.NONE);
  }

  @Example
  void theGreatestNumberHasItsBit() {
    BitSet set = new BitSet();
    set.set((int) Place.NUMBER_MAX);
    Bits bits = Bits.of(set);
    assertThat(bits.has(Place.NUMBER_MAX)).isTrue();
    assertThat(bits.has(Place.NUMBER_MAX - 1)).isFalse();
    assertThat(bits.before(Place.NUMBER_MAX + 1)).isEqualTo(1);
    assertThat(bits.chunkCount()).isEqualTo(1);
  }
}
