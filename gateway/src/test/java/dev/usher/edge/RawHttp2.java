package dev.usher.edge;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A visitor who writes HTTP/2 frames on a TLS socket, whether they are good HTTP/2 or not. */
public final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int PRIORITY = 2;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;
  public static final int END_STREAM = 1;
  public static final int END_HEADERS = 4;

  private final SSLSocket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private final Map<Integer, Reply> replies = new TreeMap<>();
  private @Nullable Long goAway;
  private final boolean begun;
  private boolean closed;

  /** What has come on one stream so far. */
  public static final class Reply {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    @Nullable Http2Headers head;
    @Nullable public Long reset;
    boolean ended;

    public String status() {
      return head == null ? "none" : String.valueOf(head.status());
    }

    /** The fields of the head, those of the same name once. */
    public Map<String, String> fields() {
      Map<String, String> fields = new TreeMap<>();
      if (head != null) {
        head.forEach(field -> fields.put(field.getKey().toString(), field.getValue().toString()));
      }
      return fields;
    }

    public String body() {
      return body.toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** Connects, shakes hands and sends the preface and empty settings. */
  public RawHttp2(int port) {
    this(port, true);
  }

  /** Connects, shakes hands and says no more. */
  public static RawHttp2 silent(int port) {
    return new RawHttp2(port, false);
  }

  private RawHttp2(int port, boolean begins) {
    begun = begins;
    try {
      socket = (SSLSocket) trustingAll().getSocketFactory().createSocket("127.0.0.1", port);
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (begins) {
      write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      frame(SETTINGS, 0, 0, new byte[0]);
    }
  }

  public static SSLContext trustingAll() {
    TrustManager all =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {all}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The fields of an ordinary request for this path, and then these: name, value, name, value. */
  public static List<String> request(String path, String... more) {
    List<String> fields = new ArrayList<>();
    fields.addAll(List.of(":method", "GET", ":scheme", "https"));
    fields.addAll(List.of(":authority", "shop", ":path", path));
    fields.addAll(List.of(more));
    return fields;
  }

  /** Each field as a literal that nobody remembers, its bytes as they are. */
  public static byte[] block(List<String> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < fields.size(); i += 2) {
      out.write(0);
      string(out, fields.get(i));
      string(out, fields.get(i + 1));
    }
    return out.toByteArray();
  }

  public static void string(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int left = bytes.length - 127;
    out.write(Math.min(bytes.length, 127));
    if (left >= 0) {
      for (; left >= 128; left /= 128) {
        out.write(left % 128 + 128);
      }
      out.write(left);
    }
    out.writeBytes(bytes);
  }

  public RawHttp2 headers(int stream, boolean end, List<String> fields) {
    return frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(fields));
  }

  public RawHttp2 data(int stream, boolean end, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return frame(DATA, end ? END_STREAM : 0, stream, bytes);
  }

  public RawHttp2 frame(int type, int flags, int stream, byte[] payload) {
    return write(bytes(type, flags, stream, payload));
  }

  public static byte[] bytes(int type, int flags, int stream, byte[] payload) {
    byte[] frame = new byte[9 + payload.length];
    frame[0] = (byte) (payload.length >> 16);
    frame[1] = (byte) (payload.length >> 8);
    frame[2] = (byte) payload.length;
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    for (int i = 0; i < 4; i++) {
      frame[5 + i] = (byte) (stream >> (24 - 8 * i));
    }
    System.arraycopy(payload, 0, frame, 9, payload.length);
    return frame;
  }

  public RawHttp2 write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes, and does not mind when the other side closes before all is written. */
  public void writeAsFarAsItGoes(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      closed = !socket.isConnected();
    }
  }

  /** Reads until the stream has ended, was reset or the connection is gone. */
  public Reply reply(int stream) {
    Reply reply = of(stream);
    while (!reply.ended && reply.reset == null && !closed) {
      readFrame();
    }
    return reply;
  }

  /** Reads to the end of the connection; the error of the last GOAWAY, null for none. */
  @Nullable
  public Long readAll() {
    while (!closed) {
      readFrame();
    }
    return goAway;
  }

  private Reply of(int stream) {
    return replies.computeIfAbsent(stream, s -> new Reply());
  }

  private void readFrame() {
    try {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = in.readNBytes(length);
      take(type, flags, of(stream), payload);
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("A frame must come within twenty seconds but none did", e);
    } catch (EOFException | java.net.SocketException | javax.net.ssl.SSLException e) {
      closed = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(int type, int flags, Reply reply, byte[] payload) {
    var bytes = Unpooled.wrappedBuffer(payload);
    switch (type) {
      case DATA -> reply.body.writeBytes(payload);
      case HEADERS -> {
        bytes.skipBytes((flags & 0x20) == 0 ? 0 : 5);
        try {
          reply.head = decoder.decodeHeaders(1, bytes);
        } catch (Http2Exception e) {
          throw new AssertionError(e);
        }
      }
      case RST_STREAM -> reply.reset = bytes.readUnsignedInt();
      case GOAWAY -> goAway = bytes.skipBytes(4).readUnsignedInt();
      case SETTINGS -> {
        if (begun && (flags & 1) == 0) {
          // The other side may be gone by now; what it sent before is read all the same.
          writeAsFarAsItGoes(bytes(SETTINGS, 1, 0, new byte[0]));
        }
      }
      default -> {}
    }
    reply.ended |= (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
