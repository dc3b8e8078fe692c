package dev.usher.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A set of numbers as a bitmap that knows how many come before each. Kept in chunks of {@value
 * #CHUNK} numbers; within a byte the first number is the highest bit, as Redis has it.
 */
public final class Bits {
  /** Numbers in a chunk: 8 KiB of bits. */
  public static final int CHUNK = 65_536;

  /** Bytes of a full chunk. */
  public static final int CHUNK_BYTES = CHUNK / 8;

  /** No numbers. */
  public static final Bits NONE = new Bits(0, new byte[0][]);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int WORDS = CHUNK / 64;

  private final int firstChunk;
  private final byte[] @Nullable [] chunks;

  /** How many numbers come before each word of 64, over all chunks; one more at the end. */
  private final int[] before;

  private Bits(int firstChunk, byte[] @Nullable [] chunks) {
    this.firstChunk = firstChunk;
    this.chunks = chunks;
    this.before = new int[chunks.length * WORDS + 1];
    int sum = 0;
    for (int c = 0; c < chunks.length; c++) {
      byte[] chunk = chunks[c];
      for (int w = 0; w < WORDS; w++) {
        before[c * WORDS + w] = sum;
        if (chunk != null) {
          sum += Long.bitCount(word(chunk, w));
        }
      }
    }
    before[chunks.length * WORDS] = sum;
  }

  /**
   * A set from its chunks.
   *
   * @param firstChunk the chunk that the first array is of
   * @param chunks bytes of consecutive chunks, each of at most {@value #CHUNK_BYTES} bytes, short
   *     or of length 0 where the rest is empty; not copied, so never to be changed again
   */
  public static Bits of(int firstChunk, byte[][] chunks) {
    byte[] @Nullable [] whole = new byte[chunks.length] @Nullable [];
    for (int i = 0; i < chunks.length; i++) {
      byte[] chunk = chunks[i].length == 0 ? null : chunks[i];
      if (chunk != null && chunk.length != CHUNK_BYTES) {
        byte[] padded = new byte[CHUNK_BYTES];
        System.arraycopy(chunk, 0, padded, 0, chunk.length);
        chunk = padded;
      }
      whole[i] = chunk;
    }
    return new Bits(firstChunk, whole);
  }

  /** The same numbers as a set of the Java library has them. */
  public static Bits of(BitSet numbers) {
    if (numbers.isEmpty()) {
      return NONE;
    }
    int first = chunkOf(numbers.nextSetBit(0));
    byte[] @Nullable [] chunks = new byte[chunkOf(numbers.length() - 1) - first + 1] @Nullable [];
    byte[] bytes = numbers.toByteArray();
    for (int c = 0; c < chunks.length; c++) {
      byte[] chunk = new byte[CHUNK_BYTES];
      int from = (first + c) * CHUNK_BYTES;
      for (int i = 0; i < CHUNK_BYTES && from + i < bytes.length; i++) {
        // The library has the first number in the lowest bit.
        chunk[i] = (byte) (Integer.reverse(bytes[from + i]) >>> 24);
      }
      chunks[c] = chunk;
    }
    return new Bits(first, chunks);
  }

  /** The same numbers as a set of the Java library. */
  public BitSet toBitSet() {
    byte[] bytes = new byte[(firstChunk + chunks.length) * CHUNK_BYTES];
    for (int c = 0; c < chunks.length; c++) {
      byte[] chunk = chunks[c];
      for (int i = 0; chunk != null && i < CHUNK_BYTES; i++) {
        bytes[(firstChunk + c) * CHUNK_BYTES + i] = (byte) (Integer.reverse(chunk[i]) >>> 24);
      }
    }
    return BitSet.valueOf(bytes);
  }

  /** The chunk that a number lies in. */
  public static int chunkOf(long number) {
    return (int) (number / CHUNK);
  }

  /** Whether the number is in the set. */
  public boolean has(long number) {
    int c = chunkOf(number) - firstChunk;
    if (c < 0 || c >= chunks.length) {
      return false;
    }
    byte[] chunk = chunks[c];
    int offset = (int) (number % CHUNK);
    return chunk != null && (chunk[offset >> 3] & 0x80 >> (offset & 7)) != 0;
  }

  /** How many numbers of the set are less than this one. */
  public long before(long number) {
    int c = chunkOf(number) - firstChunk;
    if (c < 0) {
      return 0;
    }
    if (c >= chunks.length) {
      return count();
    }
    int offset = (int) (number % CHUNK);
    byte[] chunk = chunks[c];
    int sum = before[c * WORDS + (offset >> 6)];
    int within = offset & 63;
    if (chunk != null && within > 0) {
      sum += Long.bitCount(word(chunk, offset >> 6) >>> (64 - within));
    }
    return sum;
  }

  /** How many numbers the set has. */
  public long count() {
    return before[before.length - 1];
  }

  /** The greatest number of the set; 0 when it is empty. */
  public long greatest() {
    for (int c = chunks.length - 1; c >= 0; c--) {
      byte[] chunk = chunks[c];
      for (int w = WORDS - 1; chunk != null && w >= 0; w--) {
        long bits = word(chunk, w);
        if (bits != 0) {
          return (long) (firstChunk + c) * CHUNK + w * 64L + 63 - Long.numberOfTrailingZeros(bits);
        }
      }
    }
    return 0;
  }

  /** The first chunk kept, which may be empty. */
  public int firstChunk() {
    return firstChunk;
  }

  /** How many consecutive chunks are kept, from {@link #firstChunk}. */
  public int chunkCount() {
    return chunks.length;
  }

  /**
   * The bytes of a chunk, not to be changed.
   *
   * @return null when it is empty or not kept
   */
  public byte @Nullable [] chunk(int chunk) {
    int c = chunk - firstChunk;
    return c < 0 || c >= chunks.length ? null : chunks[c];
  }

  private static long word(byte[] chunk, int index) {
    return (long) LONGS.get(chunk, index * 8);
  }
}
