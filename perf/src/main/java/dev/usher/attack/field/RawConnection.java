package dev.usher.attack.field;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that sends what it is told, byte by byte. */
public final class RawConnection implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5000;

  private final Socket socket;
  private final InputStream in;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  public static RawConnection plain(int port) throws IOException {
    return new RawConnection(open("127.0.0.1", port, 0));
  }

  /** A connection from another loopback address. */
  public static RawConnection from(String address, int port) throws IOException {
    return new RawConnection(open(address, port, 0));
  }

  /** A connection that receives little before it is read. */
  public static RawConnection stalled(GatewayDoor door, String protocol) throws IOException {
    Socket raw = open("127.0.0.1", door.port(), 4096);
    if (!door.tls()) {
      return new RawConnection(raw);
    }
    // Closed in the middle of a send, TLS would wait for that send to end.
    raw.setSoLinger(true, 0);
    return new RawConnection(Trust.all(raw, protocol));
  }

  public static RawConnection tls(int port, String protocol) throws IOException {
    return new RawConnection(Trust.all(open("127.0.0.1", port, 0), protocol));
  }

  static Socket open(String from, int port, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    if (!from.equals("127.0.0.1")) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
    return socket;
  }

  Socket socket() {
    return socket;
  }

  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** The answer to HEAD, without the body that its length announces. */
  public RawAnswer headOnly(long millis) {
    try {
      socket.setSoTimeout((int) millis);
      String head = head();
      boolean cut = !head.startsWith("HTTP/1.") || head.length() < 12;
      return new RawAnswer(cut ? 0 : Integer.parseInt(head.substring(9, 12)), head, "", cut);
    } catch (SocketTimeoutException quiet) {
      return new RawAnswer(0, "", "", false);
    } catch (IOException | NumberFormatException broken) {
      return RawAnswer.NONE;
    }
  }

  /** One answer, or as much of it as has come by then. Interim answers are skipped. */
  public RawAnswer answer(long millis) {
    try {
      socket.setSoTimeout((int) millis);
      String head = head();
      while (head.startsWith("HTTP/1.1 1") && !head.startsWith("HTTP/1.1 101")) {
        head = head();
      }
      if (!head.startsWith("HTTP/1.") || head.length() < 12) {
        return new RawAnswer(0, head, "", true);
      }
      int status = Integer.parseInt(head.substring(9, 12));
      return new RawAnswer(status, head, status == 101 ? "" : body(head), false);
    } catch (SocketTimeoutException quiet) {
      return new RawAnswer(0, "", "", false);
    } catch (IOException | NumberFormatException broken) {
      return RawAnswer.NONE;
    }
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 200_000 && !head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private String body(String head) throws IOException {
    RawAnswer parsed = new RawAnswer(0, head, "", false);
    String length = parsed.header("content-length");
    if (!length.isEmpty()) {
      return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.ISO_8859_1);
    }
    if (!parsed.header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
      return "";
    }
    StringBuilder body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line().strip(), 16);
      body.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
      line();
      if (size == 0) {
        return body.toString();
      }
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      next = in.read();
    }
    return line.toString();
  }

  /** Everything until the other side closes, or is quiet for this long. */
  public String rest(long quietMillis) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[16_384];
    try {
      socket.setSoTimeout((int) quietMillis);
      int n = in.read(some);
      while (n >= 0 && all.size() < 1_000_000) {
        all.write(some, 0, n);
        n = in.read(some);
      }
    } catch (IOException ended) {
      // What has come so far is the answer.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether the other side closes within this time; anything that comes before is discarded. */
  public boolean isClosed(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    byte[] some = new byte[16_384];
    try {
      while (true) {
        socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
        if (in.read(some) < 0) {
          return true;
        }
      }
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
  }
}
