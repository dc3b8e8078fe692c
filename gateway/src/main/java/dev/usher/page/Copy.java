package dev.usher.page;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A visitor's copy of a page: {@link Printed} parts, and between them what is the visitor's own. It
 * is taken plain, or as one member of gzip (RFC 1952).
 *
 * <p>In gzip only what is printed is compressed, each part by itself and before anybody asks. What
 * is the visitor's own stands in stored blocks (RFC 1951, section 3.2.4), as long as it is. So
 * nothing secret and nothing that a stranger chose is ever compressed, neither by itself nor with
 * anything else, and the length of an answer tells no more of its content than that of the plain
 * page: attacks that guess by length, such as BREACH, learn nothing.
 */
final class Copy {
  private static final byte[] HEAD = {
    0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 2 /* deflated as well as can be */, (byte) 0xff
  };

  /** The last block: a fixed one with nothing in it. */
  private static final byte[] LAST = {3, 0};

  private static final int TRAILER = 8;
  private static final int BLOCK_HEAD = 5;
  private static final int BLOCK_MAX = 0xffff;

  /** Room for a sentence or two, and numbers. */
  private static final int ROOM = 1200;

  private final Ascii own = new Ascii(ROOM);
  private Printed[] parts = new Printed[4];

  /** Where the parts stand in what is the visitor's own. */
  private int[] places = new int[4];

  private int count;

  Copy put(Printed part) {
    if (count == parts.length) {
      parts = Arrays.copyOf(parts, 2 * count);
      places = Arrays.copyOf(places, 2 * count);
    }
    parts[count] = part;
    places[count++] = own.length();
    return this;
  }

  Copy put(byte[] more) {
    own.put(more);
    return this;
  }

  Copy put(byte one) {
    own.put(one);
    return this;
  }

  Copy put(long number) {
    own.put(number);
    return this;
  }

  byte[] plain() {
    int length = own.length();
    for (int i = 0; i < count; i++) {
      length += parts[i].plain().length;
    }
    byte[] bytes = new byte[length];
    int at = 0;
    int from = 0;
    for (int i = 0; i < count; i++) {
      at = own.copy(from, places[i], bytes, at);
      from = places[i];
      byte[] part = parts[i].plain();
      System.arraycopy(part, 0, bytes, at, part.length);
      at += part.length;
    }
    own.copy(from, own.length(), bytes, at);
    return bytes;
  }

  byte[] gzip() {
    int room = HEAD.length + own.length() + LAST.length + TRAILER;
    for (int i = 0; i < count; i++) {
      room += BLOCK_HEAD + parts[i].deflated().length;
    }
    byte[] bytes = own.bytes();
    Ascii out = new Ascii(room + BLOCK_HEAD).put(HEAD);
    CRC32 sum = new CRC32();
    long length = bytes.length;
    int from = 0;
    for (int i = 0; i < count; i++) {
      store(bytes, from, places[i], out);
      sum.update(bytes, from, places[i] - from);
      from = places[i];
      byte[] plain = parts[i].plain();
      sum.update(plain, 0, plain.length);
      length += plain.length;
      out.put(parts[i].deflated());
    }
    store(bytes, from, bytes.length, out);
    sum.update(bytes, from, bytes.length - from);
    return little(length, 4, little(sum.getValue(), 4, out.put(LAST))).bytes();
  }

  /** Puts bytes into blocks as they are. */
  private static void store(byte[] bytes, int from, int to, Ascii out) {
    for (int at = from; at < to; at += BLOCK_MAX) {
      int size = Math.min(BLOCK_MAX, to - at);
      little(~size, 2, little(size, 2, out.put((byte) 0))).put(bytes, at, size);
    }
  }

  /** A number's lowest bytes, the lowest first. */
  private static Ascii little(long number, int bytes, Ascii out) {
    for (int i = 0; i < bytes; i++) {
      out.put((byte) (number >>> (8 * i)));
    }
    return out;
  }
}
