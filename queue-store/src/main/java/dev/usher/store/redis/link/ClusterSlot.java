package dev.usher.store.redis.link;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The slot of a cluster in which a key lies: CRC16 (XMODEM) of what stands in its braces. */
final class ClusterSlot {
  static final int COUNT = 16384;
  private static final int POLYNOMIAL = 0x1021;

  private ClusterSlot() {}

  /** What stands in the first braces of a key; the key itself when nothing does. */
  static String tag(String key) {
    int open = key.indexOf('{');
    int close = open < 0 ? -1 : key.indexOf('}', open);
    return close > open + 1 ? key.substring(open + 1, close) : key;
  }

  static int of(String tag) {
    int crc = 0;
    for (byte each : tag.getBytes(UTF_8)) {
      crc ^= (each & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
      }
    }
    return (crc & 0xffff) % COUNT;
  }
}
