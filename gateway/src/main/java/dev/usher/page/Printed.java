package dev.usher.page;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * A part of a page that is the same for all its visitors: as it is, and deflated once, so that a
 * page in gzip is put together and not compressed.
 */
final class Printed {
  private final byte[] plain;
  private final byte[] deflated;

  private Printed(byte[] plain) {
    this.plain = plain;
    this.deflated = deflate(plain);
  }

  static Printed of(String text) {
    return new Printed(Page.utf8(text));
  }

  byte[] plain() {
    return plain;
  }

  /**
   * Whole blocks of which none is the last, up to a full byte. Nothing in them refers to what
   * stands before them, so they may stand anywhere in a stream.
   */
  byte[] deflated() {
    return deflated;
  }

  private static byte[] deflate(byte[] plain) {
    // Room for the worst case, in which nothing is saved and each block has a head.
    byte[] room = new byte[plain.length + plain.length / 64 + 64];
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(plain);
      return Arrays.copyOf(room, deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH));
    } finally {
      deflater.end();
    }
  }
}
