package dev.usher.attack.field;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** An HTTP/2 connection whose client sends whatever it likes. */
public final class H2 implements AutoCloseable {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Without a dynamic table on the other side, each head can be read on its own. */
  private static final byte[] NO_TABLE = Frames.setting(1, 0);

  private static final int NO_STATUS = 0;

  /** How a stream ended: with a status, with a code of RST_STREAM or GOAWAY, or not at all. */
  public record Reply(int status, int reset, int goAway, boolean ended) {
    /** Refused by the protocol, or with a status that blames the client. */
    public boolean refused() {
      return reset > 0 || goAway > 0 || (status >= 400 && status < 500) || status >= 501;
    }
  }

  private static final class Frame {
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
  }

  private final RawConnection wire;
  private final DataInputStream in;
  private boolean closed;

  private H2(RawConnection wire) throws IOException {
    this.wire = wire;
    this.in = new DataInputStream(wire.socket().getInputStream());
  }

  public static H2 connect(GatewayDoor door) throws IOException {
    return connect(door, new byte[0]);
  }

  public static H2 connect(GatewayDoor door, byte[] settings) throws IOException {
    H2 h2 = new H2(RawConnection.tls(door.port(), "h2"));
    h2.wire.send(start(settings));
    return h2;
  }

  /** The beginning of every connection. */
  public static byte[] start(byte[] settings) {
    byte[] first = Frames.frame(Frames.SETTINGS, 0, 0, Frames.join(NO_TABLE, settings));
    return Frames.join(PREFACE, first);
  }

  public boolean isClosed() {
    return closed;
  }

  public RawConnection wire() {
    return wire;
  }

  public void send(byte[]... frames) throws IOException {
    wire.send(Frames.join(frames));
  }

  /**
   * Waits for the end of this stream; meanwhile only SETTINGS are answered, with an
   * acknowledgement.
   */
  public Reply reply(int stream, long quietMillis) {
    int status = NO_STATUS;
    int goAway = -1;
    try {
      wire.socket().setSoTimeout((int) quietMillis);
      while (true) {
        Frame frame = read();
        if (frame.type == Frames.GOAWAY) {
          goAway = number(frame.payload, 4);
        } else if (frame.stream != stream) {
          continue;
        } else if (frame.type == Frames.RST_STREAM) {
          return new Reply(status, number(frame.payload, 0), goAway, true);
        } else if (frame.type == Frames.HEADERS && status < 200) {
          status = status(frame.payload);
        }
        if ((frame.flags & Frames.END_STREAM) != 0 && frame.type <= Frames.HEADERS) {
          return new Reply(status, -1, goAway, true);
        }
      }
    } catch (EOFException end) {
      closed = true;
    } catch (SocketTimeoutException quiet) {
      return new Reply(status, -1, goAway, false);
    } catch (IOException broken) {
      closed = true;
    }
    return new Reply(status, -1, goAway, false);
  }

  private Frame read() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt() & 0x7fffffff;
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("a frame that is cut");
    }
    if (type == Frames.SETTINGS && (flags & Frames.ACK) == 0) {
      wire.send(Frames.frame(Frames.SETTINGS, Frames.ACK, 0, new byte[0]));
    }
    return new Frame(type, flags, stream, payload);
  }

  private static int number(byte[] bytes, int at) {
    return bytes.length < at + 4
        ? 0
        : ((bytes[at] & 0xff) << 24)
            | ((bytes[at + 1] & 0xff) << 16)
            | ((bytes[at + 2] & 0xff) << 8)
            | (bytes[at + 3] & 0xff);
  }

  /** The status comes first; it is in the static table, or a literal with an indexed name. */
  private static int status(byte[] block) {
    int at = 0;
    while (at < block.length && (block[at] & 0xe0) == 0x20) {
      at++;
    }
    if (at >= block.length) {
      return NO_STATUS;
    }
    int first = block[at] & 0xff;
    int[] known = {200, 204, 206, 304, 400, 404, 500};
    if (first >= 0x88 && first <= 0x8e) {
      return known[first - 0x88];
    }
    boolean huffman = (block[at + 1] & 0x80) != 0;
    int length = block[at + 1] & 0x7f;
    if (huffman || length != 3 || block.length < at + 5) {
      // Huffman-coded digits: for peers the exact status does not matter.
      return huffman ? 499 : NO_STATUS;
    }
    return Integer.parseInt(new String(block, at + 2, 3, StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    wire.close();
  }
}
