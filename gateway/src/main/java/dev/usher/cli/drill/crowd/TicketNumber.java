package dev.usher.cli.drill.crowd;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * The number in a visitor's ticket. A ticket is readable only for Usher, and for this drill, which
 * must know who came first to see whether anybody was overtaken.
 */
final class TicketNumber {
  /** The number for a ticket that cannot be read; the drill then cannot judge the order. */
  static final long UNKNOWN = -1;

  private TicketNumber() {}

  /** Reads version, key, room, epoch, lane and number, which stand in front of the signature. */
  static long of(String ticket) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(ticket));
      bytes.get();
      skipText(bytes);
      skipText(bytes);
      bytes.getLong();
      bytes.get();
      int number = bytes.getInt();
      return number > 0 ? number : UNKNOWN;
    } catch (IllegalArgumentException | BufferUnderflowException unreadable) {
      return UNKNOWN;
    }
  }

  private static void skipText(ByteBuffer bytes) {
    int length = bytes.get() & 0xFF;
    if (length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    bytes.position(bytes.position() + length);
  }
}
