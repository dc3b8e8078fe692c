package dev.usher.edge;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Tells the answers that come in frames in the letters of HTTP/1.1. */
final class Http2Answers extends InputStream {
  private static final int HEAD_MAX = 256 * 1024;

  /** What may come on a stream next. */
  private enum Part {
    HEAD,
    BODY,
    CHUNKS
  }

  private final VisitorFrames frames;
  private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false, HEAD_MAX);
  private final Map<Integer, Part> owed = new HashMap<>();
  private final Set<Integer> reset = new HashSet<>();
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private byte[] told = new byte[0];
  private int at;
  private boolean lastHeaders;
  private String ended = "not yet";

  Http2Answers(VisitorFrames frames) {
    this.frames = frames;
  }

  /** An answer is owed on this stream from now on. */
  void owed(int stream) {
    owed.put(stream, Part.HEAD);
    ended = "not yet";
  }

  boolean isReset(int stream) {
    return reset.contains(stream);
  }

  /** END_STREAM, or the name of the frame and of the error that ended the last answer. */
  String ended() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    while (at == told.length) {
      if (heard.size() > 0) {
        told = heard.toByteArray();
        heard.reset();
        at = 0;
      } else if (owed.isEmpty()) {
        if (!ended.equals("END_STREAM")) {
          throw new IOException("The answer must end but its stream ended by " + ended);
        }
        return -1;
      } else {
        hear();
      }
    }
    int count = Math.min(length, told.length - at);
    System.arraycopy(told, at, into, from, count);
    at += count;
    return count;
  }

  /** Waits for the next frame and takes it in. */
  void hear() throws IOException {
    VisitorFrames.Frame frame;
    try {
      frame = frames.read();
    } catch (EOFException e) {
      over(0, "the connection's end");
      throw new IOException("The connection must not end yet but did", e);
    }
    switch (frame.type()) {
      case VisitorFrames.HEADERS, VisitorFrames.CONTINUATION -> headers(frame);
      case VisitorFrames.DATA -> data(frame);
      case VisitorFrames.RST_STREAM -> {
        reset.add(frame.stream());
        if (owed.remove(frame.stream()) != null) {
          ended = "RST_STREAM " + Http2Error.valueOf(frame.number());
        }
      }
      case VisitorFrames.GOAWAY ->
          over(frame.payload()[3] & 0xFF, "GOAWAY " + Http2Error.valueOf(frame.number()));
      default -> {}
    }
  }

  /** No stream beyond this one is answered any more. */
  private void over(int last, String how) {
    if (owed.keySet().removeIf(stream -> stream > last)) {
      ended = how;
    }
  }

  private void headers(VisitorFrames.Frame frame) throws IOException {
    if (frame.type() == VisitorFrames.HEADERS) {
      lastHeaders = frame.has(VisitorFrames.END_STREAM);
    }
    block.write(frame.type() == VisitorFrames.HEADERS ? frame.content() : frame.payload());
    if (!frame.has(VisitorFrames.END_HEADERS)) {
      return;
    }
    Http2Headers headers;
    try {
      headers = hpack.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(block.toByteArray()));
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
    block.reset();
    CharSequence status = headers.status();
    if (status != null) {
      head(frame.stream(), status.toString(), headers);
    } else if (owed.get(frame.stream()) == Part.CHUNKS) {
      tell("0\r\n");
      fields(headers);
      tell("\r\n");
    }
    if (lastHeaders) {
      whole(frame.stream());
    }
  }

  private void head(int stream, String status, Http2Headers headers) {
    tell("HTTP/1.1 " + HttpResponseStatus.valueOf(Integer.parseInt(status)) + "\r\n");
    fields(headers);
    boolean announces = status.startsWith("1");
    boolean bodiless = lastHeaders || status.equals("304") || status.equals("204");
    if (!announces && !bodiless && !headers.contains("content-length")) {
      tell("transfer-encoding: chunked\r\n");
      owed.put(stream, Part.CHUNKS);
    } else if (!announces) {
      owed.put(stream, Part.BODY);
    }
    tell("\r\n");
  }

  private void fields(Http2Headers headers) {
    headers.forEach(
        field -> {
          if (field.getKey().charAt(0) != ':') {
            tell(field.getKey() + ": " + field.getValue() + "\r\n");
          }
        });
  }

  private void data(VisitorFrames.Frame frame) throws IOException {
    byte[] bytes = frame.content();
    boolean last = frame.has(VisitorFrames.END_STREAM);
    boolean chunks = owed.get(frame.stream()) == Part.CHUNKS;
    if (bytes.length > 0) {
      if (chunks) {
        tell(Integer.toHexString(bytes.length) + "\r\n");
      }
      heard.write(bytes);
      if (chunks) {
        tell("\r\n");
      }
      frames.taken(frame.stream(), !last, frame.payload().length);
    }
    if (last) {
      tell(chunks ? "0\r\n\r\n" : "");
      whole(frame.stream());
    }
  }

  private void whole(int stream) {
    owed.remove(stream);
    ended = "END_STREAM";
  }

  private void tell(String letters) {
    heard.writeBytes(letters.getBytes(StandardCharsets.ISO_8859_1));
  }
}
