package dev.usher.attack.field;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** HTTP/2 frames as bytes, and heads as HPACK literals that nothing checks. */
public final class Frames {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int PRIORITY = 2;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  public static final int END_STREAM = 1;
  static final int ACK = 1;
  public static final int END_HEADERS = 4;

  private Frames() {}

  public static byte[] frame(int type, int flags, int stream, byte[] payload) {
    byte[] frame = new byte[9 + payload.length];
    frame[0] = (byte) (payload.length >> 16);
    frame[1] = (byte) (payload.length >> 8);
    frame[2] = (byte) payload.length;
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    System.arraycopy(number(stream), 0, frame, 5, 4);
    System.arraycopy(payload, 0, frame, 9, payload.length);
    return frame;
  }

  public static byte[] number(int value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  public static byte[] setting(int id, int value) {
    byte[] setting = new byte[6];
    setting[1] = (byte) id;
    System.arraycopy(number(value), 0, setting, 2, 4);
    return setting;
  }

  /** A head from alternating names and values. */
  public static byte[] head(String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0);
      text(block, namesAndValues[i]);
      text(block, namesAndValues[i + 1]);
    }
    return block.toByteArray();
  }

  /** A proper request, followed by these names and values. */
  public static byte[] get(String path, String... more) {
    return request("GET", path, more);
  }

  /** The same with another method. */
  public static byte[] request(String method, String path, String... more) {
    String[] all = new String[8 + more.length];
    String[] first = {":method", method, ":scheme", "https", ":authority", "s", ":path", path};
    System.arraycopy(first, 0, all, 0, 8);
    System.arraycopy(more, 0, all, 8, more.length);
    return head(all);
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int length = bytes.length;
    if (length < 127) {
      block.write(length);
    } else {
      block.write(127);
      for (length -= 127; length >= 128; length >>= 7) {
        block.write(length % 128 + 128);
      }
      block.write(length);
    }
    block.writeBytes(bytes);
  }
}
