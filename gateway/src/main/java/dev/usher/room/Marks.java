package dev.usher.room;

import dev.usher.store.Bits;
import dev.usher.store.Place;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Numbers marked by any thread since they were last taken. Marking takes no lock; taking and
 * putting back is for one thread at a time.
 */
final class Marks {
  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int CHUNKS = Bits.chunkOf(Place.NUMBER_MAX) + 1;
  private static final int WORDS = Bits.CHUNK / 64;

  private final AtomicReferenceArray<long @Nullable []> chunks = new AtomicReferenceArray<>(CHUNKS);

  /** On the path of every request: one look when the number is marked already. */
  void mark(long number) {
    int c = Bits.chunkOf(number);
    int word = (int) (number % Bits.CHUNK) >> 6;
    long bit = Long.MIN_VALUE >>> (number & 63);
    long[] chunk = chunk(c);
    while (((long) WORD.getOpaque(chunk, word) & bit) == 0) {
      var unused = (long) WORD.getAndBitwiseOr(chunk, word, bit);
      // Taken meanwhile: the mark may have come too late, and is made again in the next chunk.
      chunk = chunk(c);
    }
  }

  private long[] chunk(int c) {
    long[] chunk = chunks.get(c);
    if (chunk != null) {
      return chunk;
    }
    long[] fresh = new long[WORDS];
    long[] other = chunks.compareAndExchange(c, null, fresh);
    return other == null ? fresh : other;
  }

  /** The numbers marked since the last time. */
  Bits take() {
    int first = CHUNKS;
    int last = -1;
    byte[][] all = new byte[CHUNKS][0];
    for (int c = 0; c < CHUNKS; c++) {
      long[] chunk = chunks.get(c) == null ? null : chunks.getAndSet(c, null);
      if (chunk != null) {
        all[c] = bytes(chunk);
        first = Math.min(first, c);
        last = c;
      }
    }
    return last < 0 ? Bits.NONE : Bits.of(first, Arrays.copyOfRange(all, first, last + 1));
  }

  private static byte[] bytes(long[] chunk) {
    ByteBuffer bytes = ByteBuffer.allocate(Bits.CHUNK_BYTES);
    for (int w = 0; w < WORDS; w++) {
      bytes.putLong((long) WORD.getVolatile(chunk, w));
    }
    return bytes.array();
  }

  /** Marks again what could not be told. */
  void putBack(Bits untold) {
    for (int c = untold.firstChunk(); c < untold.firstChunk() + untold.chunkCount(); c++) {
      byte[] chunk = untold.chunk(c);
      if (chunk != null) {
        ByteBuffer words = ByteBuffer.wrap(chunk);
        for (int w = 0; w < WORDS; w++) {
          for (long rest = words.getLong(); rest != 0; rest &= rest - 1) {
            mark((long) c * Bits.CHUNK + w * 64L + 63 - Long.numberOfTrailingZeros(rest));
          }
        }
      }
    }
  }
}
