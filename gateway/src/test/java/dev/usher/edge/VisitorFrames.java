package dev.usher.edge;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The frames of one HTTP/2 connection, as RFC 9113 lays them out, and what may be sent by now. */
final class VisitorFrames {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  private static final int PADDED = 8;
  private static final int PRIORITY = 32;

  /** The largest frame that nobody needs to be asked about. */
  static final int FRAME_MAX = 16_384;

  private static final int INITIAL_WINDOW = 4;
  private static final int WINDOW = 65_535;

  private final DataInputStream in;
  private final DataOutputStream out;
  private final Map<Integer, Integer> windows = new HashMap<>();
  private int window = WINDOW;
  private int initialWindow = WINDOW;

  static final class Frame {
    private final int type;
    private final int flags;
    private final int stream;
    private final byte[] payload;

    Frame(int type, int flags, int stream, byte[] payload) {
      this.type = type;
      this.flags = flags;
      this.stream = stream;
      this.payload = payload;
    }

    int type() {
      return type;
    }

    int stream() {
      return stream;
    }

    byte[] payload() {
      return payload;
    }

    boolean has(int flag) {
      return (flags & flag) != 0;
    }

    /** What a HEADERS or DATA frame carries, without padding and priority. */
    byte[] content() {
      int from = (has(PADDED) ? 1 : 0) + (type == HEADERS && has(PRIORITY) ? 5 : 0);
      int padding = has(PADDED) ? payload[0] & 0xFF : 0;
      return Arrays.copyOfRange(payload, from, payload.length - padding);
    }

    int number() {
      return ByteBuffer.wrap(payload).getInt(payload.length >= 8 ? 4 : 0);
    }
  }

  VisitorFrames(Socket socket) throws IOException {
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 32 * 1024));
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    write(SETTINGS, 0, 0, new byte[0]);
    // Nobody speaks first in vain: who is let in is told the other's settings at once.
    flush();
  }

  void write(int type, int flags, int stream, byte[] payload) throws IOException {
    out.write(payload.length >> 16);
    out.writeShort(payload.length);
    out.write(type);
    out.write(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  void flush() throws IOException {
    out.flush();
  }

  /** A stream that begins may send as much as the other side lets each. */
  void begins(int stream) {
    windows.put(stream, initialWindow);
  }

  /** How many bytes may be sent on this stream now. */
  int maySend(int stream) {
    return Math.min(window, windows.getOrDefault(stream, 0));
  }

  void sent(int stream, int bytes) {
    window -= bytes;
    windows.merge(stream, -bytes, Integer::sum);
  }

  /** Lets the other side send so many bytes more, for they have been read. */
  void taken(int stream, boolean open, int bytes) throws IOException {
    byte[] more = ByteBuffer.allocate(4).putInt(bytes).array();
    write(WINDOW_UPDATE, 0, 0, more);
    if (open) {
      write(WINDOW_UPDATE, 0, stream, more);
    }
    flush();
  }

  /** The next frame; those about the connection itself are answered here. */
  Frame read() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    Frame frame =
        new Frame(in.readUnsignedByte(), in.readUnsignedByte(), in.readInt(), new byte[length]);
    in.readFully(frame.payload);
    switch (frame.type) {
      case SETTINGS -> settings(frame);
      case PING -> {
        if (!frame.has(ACK)) {
          write(PING, ACK, 0, frame.payload);
          flush();
        }
      }
      case WINDOW_UPDATE -> {
        if (frame.stream == 0) {
          window += frame.number();
        } else {
          windows.merge(frame.stream, frame.number(), Integer::sum);
        }
      }
      default -> {}
    }
    return frame;
  }

  private void settings(Frame frame) throws IOException {
    if (frame.has(ACK)) {
      return;
    }
    for (ByteBuffer all = ByteBuffer.wrap(frame.payload); all.remaining() >= 6; ) {
      int name = all.getShort();
      int value = all.getInt();
      if (name == INITIAL_WINDOW) {
        int change = value - initialWindow;
        initialWindow = value;
        windows.replaceAll((stream, left) -> left + change);
      }
    }
    write(SETTINGS, ACK, 0, new byte[0]);
    flush();
  }
}
