package dev.usher.cli.drill.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A reader of HTTP/1.1 answers as they come in, which keeps only what a visitor looks at. Two cores
 * serve client, gateway and pods alike, so what the client costs is part of every figure.
 */
final class AnswerReader implements HttpAnswer {
  /** Longest head: longer than any real one, short enough for 15,000 visitors at once. */
  static final int HEAD_MAX = 16 * 1024;

  /** How much of a body is kept: enough for the place as JSON; nothing of a page is looked at. */
  static final int BODY_KEPT = 1024;

  private enum Part {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER,
    UNTIL_CLOSE,
    WHOLE
  }

  private final CookieJar jar;
  private Part part = Part.HEAD;
  private byte[] kept = new byte[512];
  private int keptLength;
  private int lineLength;
  private long left;
  private boolean touched;
  private ResponseHead head = ResponseHead.NONE;

  AnswerReader(CookieJar jar) {
    this.jar = jar;
  }

  /** Gets ready for the next answer. */
  void reset() {
    part = Part.HEAD;
    keptLength = 0;
    lineLength = 0;
    touched = false;
    head = ResponseHead.NONE;
  }

  /** Whether any byte of the answer has come. */
  boolean touched() {
    return touched;
  }

  /**
   * Takes in what has come.
   *
   * @return whether the answer is complete
   * @throws IllegalArgumentException if this is not HTTP
   */
  boolean read(Buffer incoming) {
    byte[] bytes = incoming.getBytes();
    touched |= bytes.length > 0;
    int at = 0;
    while (at < bytes.length && part != Part.WHOLE) {
      at = step(bytes, at);
    }
    return part == Part.WHOLE;
  }

  /**
   * Takes in that the connection has ended. Returns whether that is how this answer shows that it
   * is complete.
   */
  boolean closed() {
    return part == Part.UNTIL_CLOSE || part == Part.WHOLE;
  }

  @Override
  public ResponseHead head() {
    return head;
  }

  @Override
  public String body() {
    return new String(kept, 0, keptLength, StandardCharsets.UTF_8);
  }

  private int step(byte[] bytes, int at) {
    return switch (part) {
      case HEAD -> readHead(bytes, at);
      case BODY, CHUNK -> readBody(bytes, at);
      case UNTIL_CLOSE -> {
        keepBody(bytes, at, bytes.length - at);
        yield bytes.length;
      }
      case CHUNK_SIZE -> {
        readChunkSize(bytes[at]);
        yield at + 1;
      }
      case CHUNK_END -> {
        part = bytes[at] == '\n' ? Part.CHUNK_SIZE : Part.CHUNK_END;
        yield at + 1;
      }
      case TRAILER -> {
        readTrailer(bytes[at]);
        yield at + 1;
      }
      case WHOLE -> bytes.length;
    };
  }

  private int readHead(byte[] bytes, int from) {
    for (int at = from; at < bytes.length; at++) {
      byte b = bytes[at];
      keep(b);
      if (b == '\n' && lineLength == 0) {
        headIsWhole();
        return at + 1;
      }
      lineLength = b == '\n' ? 0 : b == '\r' ? lineLength : lineLength + 1;
    }
    return bytes.length;
  }

  private void headIsWhole() {
    head = ResponseHead.parse(new String(kept, 0, keptLength, StandardCharsets.ISO_8859_1), jar);
    keptLength = 0;
    lineLength = 0;
    int status = head.status();
    if (status < 200) {
      part = Part.HEAD; // 100 and 103 announce the answer that follows
    } else if (status == 204 || status == 304 || head.length() == 0) {
      part = Part.WHOLE;
    } else if (head.chunked()) {
      left = 0;
      part = Part.CHUNK_SIZE;
    } else if (head.length() > 0) {
      left = head.length();
      part = Part.BODY;
    } else {
      part = Part.UNTIL_CLOSE;
    }
  }

  private int readBody(byte[] bytes, int at) {
    int here = (int) Math.min(left, bytes.length - at);
    keepBody(bytes, at, here);
    left -= here;
    if (left == 0) {
      part = part == Part.BODY ? Part.WHOLE : Part.CHUNK_END;
    }
    return at + here;
  }

  private void readChunkSize(byte b) {
    int digit = Character.digit(b, 16);
    if (b == '\n') {
      part = left == 0 ? Part.TRAILER : Part.CHUNK;
      lineLength = 0;
    } else if (digit >= 0 && lineLength == 0) {
      left = left * 16 + digit;
    } else if (b != '\r') {
      lineLength = 1; // a chunk extension, which is not part of the size
    }
  }

  private void readTrailer(byte b) {
    if (b == '\n' && lineLength == 0) {
      part = Part.WHOLE;
    }
    lineLength = b == '\n' ? 0 : b == '\r' ? lineLength : lineLength + 1;
  }

  private void keepBody(byte[] bytes, int from, int length) {
    int take = Math.min(length, BODY_KEPT - keptLength);
    for (int i = 0; i < take; i++) {
      keep(bytes[from + i]);
    }
  }

  private void keep(byte b) {
    if (keptLength == kept.length) {
      if (keptLength >= HEAD_MAX) {
        throw new IllegalArgumentException("An answer's head must be at most " + HEAD_MAX);
      }
      kept = Arrays.copyOf(kept, keptLength * 2);
    }
    kept[keptLength++] = b;
  }
}
