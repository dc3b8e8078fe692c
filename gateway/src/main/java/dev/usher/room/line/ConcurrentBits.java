package dev.usher.room.line;

import dev.usher.store.Bits;
import dev.usher.store.Place;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A set of numbers, marked by any thread since they were last taken. Marking takes no lock; taking
 * and putting back are for one thread at a time.
 */
final class ConcurrentBits {
  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int WORDS = Bits.CHUNK / 64;

  /**
   * Chunks a shelf holds. Chunks lie in shelves because only a few of all possible ones are in use.
   */
  private static final int SHELF = 256;

  private static final int SHELVES = Bits.chunkOf(Place.NUMBER_MAX) / SHELF + 1;

  private final AtomicReferenceArray<@Nullable Shelf> shelves = new AtomicReferenceArray<>(SHELVES);

  /** Neighbouring chunks. */
  private static final class Shelf {
    private final AtomicReferenceArray<long @Nullable []> chunks =
        new AtomicReferenceArray<>(SHELF);
  }

  /** Marks a number. On the path of every request: one read if it is marked already. */
  void mark(long number) {
    int c = Bits.chunkOf(number);
    int word = (int) (number % Bits.CHUNK) >> 6;
    long bit = Long.MIN_VALUE >>> (number & 63);
    long[] chunk = chunk(c);
    while (((long) WORD.getOpaque(chunk, word) & bit) == 0) {
      var unused = (long) WORD.getAndBitwiseOr(chunk, word, bit);
      // The chunk may have been taken meanwhile, before this mark: then it is made again in the
      // next chunk.
      chunk = chunk(c);
    }
  }

  private long[] chunk(int c) {
    AtomicReferenceArray<long @Nullable []> chunks = shelf(c / SHELF).chunks;
    long[] chunk = chunks.get(c % SHELF);
    if (chunk != null) {
      return chunk;
    }
    long[] fresh = new long[WORDS];
    long[] other = chunks.compareAndExchange(c % SHELF, null, fresh);
    return other == null ? fresh : other;
  }

  private Shelf shelf(int s) {
    Shelf shelf = shelves.get(s);
    if (shelf != null) {
      return shelf;
    }
    Shelf fresh = new Shelf();
    Shelf other = shelves.compareAndExchange(s, null, fresh);
    return other == null ? fresh : other;
  }

  /** Takes the numbers marked since the last time. */
  Bits take() {
    SortedMap<Integer, byte[]> taken = new TreeMap<>();
    for (int s = 0; s < SHELVES; s++) {
      Shelf shelf = shelves.get(s);
      for (int c = 0; shelf != null && c < SHELF; c++) {
        long[] chunk = shelf.chunks.get(c) == null ? null : shelf.chunks.getAndSet(c, null);
        if (chunk != null) {
          taken.put(s * SHELF + c, bytes(chunk));
        }
      }
    }
    if (taken.isEmpty()) {
      return Bits.NONE;
    }
    int first = taken.firstKey();
    byte[][] all = new byte[taken.lastKey() - first + 1][0];
    taken.forEach((c, bytes) -> all[c - first] = bytes);
    return Bits.of(first, all);
  }

  private static byte[] bytes(long[] chunk) {
    ByteBuffer bytes = ByteBuffer.allocate(Bits.CHUNK_BYTES);
    for (int w = 0; w < WORDS; w++) {
      bytes.putLong((long) WORD.getVolatile(chunk, w));
    }
    return bytes.array();
  }

  /** Marks numbers again that the store could not be told of. */
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
