package dev.usher.store.redis;

import dev.usher.store.Bits;
import dev.usher.store.StoreUnavailableException;
import io.vertx.redis.client.Response;

/** What a script answered: a list of words, numbers as text, and bits. */
final class Answer {
  private final Response list;

  Answer(Response list) {
    this.list = list;
  }

  int size() {
    return list.size();
  }

  String word(int index) {
    return item(index).toString();
  }

  long number(int index) {
    return Long.parseLong(word(index));
  }

  int count(int index) {
    return Math.toIntExact(number(index));
  }

  /** Bits; of length 0 for none. */
  byte[] bits(int index) {
    Response item = index < list.size() ? list.get(index) : null;
    byte[] bits = item == null ? null : item.toBytes();
    return bits == null ? new byte[0] : bits;
  }

  /** Bits in consecutive items, one for each chunk. */
  Bits bits(int from, int firstChunk, int count) {
    byte[][] chunks = new byte[count][];
    for (int i = 0; i < count; i++) {
      chunks[i] = bits(from + i);
    }
    return Bits.of(firstChunk, chunks);
  }

  /** A list within the list. */
  Answer list(int index) {
    return new Answer(item(index));
  }

  private Response item(int index) {
    Response item = index < list.size() ? list.get(index) : null;
    if (item == null) {
      throw new StoreUnavailableException("Redis answered without item " + index + ": " + list);
    }
    return item;
  }
}
