package dev.usher.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A visitor who writes bytes on a socket, whether they are good HTTP or not. */
public final class RawVisitor implements AutoCloseable {
  private static final int TIMEOUT_MS = 15_000;

  private final Talk talk;
  private final InputStream in;

  public RawVisitor(Wire wire, int port) {
    try {
      talk = wire.open(port, TIMEOUT_MS);
      in = talk.in();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The head of a message, of its lines. */
  public static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  public RawVisitor send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawVisitor send(byte[] bytes) {
    try {
      talk.out().write(bytes);
      talk.out().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until the text has come; returns all that was read. */
  public String readUntil(String end) {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = readByte();
      if (next < 0) {
        throw new AssertionError("\"" + end + "\" must come but the end came after: " + read);
      }
      read.append((char) next);
    }
    return read.toString();
  }

  /** Reads to the end of the connection, however it ends. */
  public String readAll() {
    StringBuilder read = new StringBuilder();
    for (int next = readByte(); next >= 0; next = readByte()) {
      read.append((char) next);
    }
    return read.toString();
  }

  /** The next byte, -1 at the end. */
  public int readByte() {
    try {
      return in.read();
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("Something must come within 15 seconds but nothing did", e);
    } catch (IOException e) {
      return -1;
    }
  }

  public long skip(long count) {
    try {
      byte[] buffer = new byte[64 * 1024];
      long left = count;
      while (left > 0) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          break;
        }
        left -= n;
      }
      return count - left;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing more is sent; over TLS its word for that goes out. Not by HTTP/2. */
  void endOutput() {
    try {
      ((SocketTalk) talk).endOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void reset() {
    try {
      ((SocketTalk) talk).reset();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How the last answer ended. */
  public String ended() {
    return talk.ended();
  }

  @Override
  public void close() {
    try {
      talk.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
