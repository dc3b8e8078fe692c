package dev.usher.store.redis.link;

import dev.usher.store.Bits;
import dev.usher.store.StoreUnavailableException;
import io.vertx.redis.client.Response;

/** What a script answered: a list of words, numbers as text, and bits. */
public final class ScriptReply {
  private final Response list;

  ScriptReply(Response list) {
    this.list = list;
  }

  public int size() {
    return list.size();
  }

  public String word(int index) {
    return item(index).toString();
  }

  public long number(int index) {
    return Long.parseLong(word(index));
  }

  public int count(int index) {
    return Math.toIntExact(number(index));
  }

  /** Bits; of length 0 for none. */
  byte[] bits(int index) {
    Response item = index < list.size() ? list.get(index) : null;
    byte[] bits = item == null ? null : item.toBytes();
    return bits == null ? new byte[0] : bits;
  }

  /** Bits in consecutive items, one for each chunk. */
  public Bits bits(int from, int firstChunk, int count) {
    byte[][] chunks = new byte[count][];
    for (int i = 0; i < count; i++) {
      chunks[i] = bits(from + i);
    }
    return Bits.of(firstChunk, chunks);
  }

  /** A list within the list. */
  public ScriptReply list(int index) {
    return new ScriptReply(item(index));
  }

  private Response item(int index) {
    Response item = index < list.size() ? list.get(index) : null;
    if (item == null) {
      throw new StoreUnavailableException("Redis answered without item " + index + ": " + list);
    }
    return item;
  }
}
