package dev.usher.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Takes requests in the letters of HTTP/1.1 and sends each on an HTTP/2 stream of its own. */
final class Http2Requests extends OutputStream {
  /** What HTTP/1.1 says of its connection and HTTP/2 has frames for. */
  private static final List<String> OF_THE_CONNECTION = List.of("connection", "transfer-encoding");

  private enum Part {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    TRAILERS
  }

  private final VisitorFrames frames;
  private final Http2Answers answers;
  private final DefaultHttp2HeadersEncoder hpack = new DefaultHttp2HeadersEncoder();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private Part part = Part.HEAD;
  private int stream = -1;
  private long left;

  Http2Requests(VisitorFrames frames, Http2Answers answers) {
    this.frames = frames;
    this.answers = answers;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int end = from + length;
    int at = from;
    while (at < end) {
      at = part == Part.BODY || part == Part.CHUNK ? body(bytes, at, end) : line(bytes[at], at);
    }
    frames.flush();
  }

  private int body(byte[] bytes, int at, int end) throws IOException {
    int here = (int) Math.min(left, end - at);
    left -= here;
    boolean last = part == Part.BODY && left == 0;
    data(Arrays.copyOfRange(bytes, at, at + here), last);
    if (left == 0) {
      part = part == Part.BODY ? Part.HEAD : Part.CHUNK_SIZE;
    }
    return at + here;
  }

  private int line(byte b, int at) throws IOException {
    text.write(b);
    String soFar = text.toString(StandardCharsets.ISO_8859_1);
    switch (part) {
      case HEAD -> {
        if (soFar.endsWith("\r\n\r\n")) {
          text.reset();
          head(soFar.split("\r\n"));
        }
      }
      case CHUNK_SIZE -> {
        if (soFar.endsWith("\n") && !soFar.isBlank()) {
          text.reset();
          left = Long.parseLong(soFar.strip(), 16);
          part = left == 0 ? Part.TRAILERS : Part.CHUNK;
        }
      }
      default -> {
        if (soFar.equals("\r\n") || soFar.endsWith("\r\n\r\n")) {
          text.reset();
          trailers(soFar.strip());
        }
      }
    }
    return at + 1;
  }

  private void head(String[] lines) throws IOException {
    int space = lines[0].indexOf(' ');
    int version = lines[0].lastIndexOf(" HTTP/");
    Http2Headers headers = new DefaultHttp2Headers(false);
    headers.method(lines[0].substring(0, space)).scheme("https");
    headers.path(lines[0].substring(space + 1, version));
    part = Part.HEAD;
    left = 0;
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      add(line, headers);
    }
    stream += 2;
    frames.begins(stream);
    answers.owed(stream);
    boolean last = part == Part.HEAD;
    block(headers, last);
  }

  private void add(String line, Http2Headers headers) {
    int colon = line.indexOf(':');
    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
    String value = line.substring(colon + 1).trim();
    if (name.equals("transfer-encoding")) {
      part = Part.CHUNK_SIZE;
    } else if (name.equals("content-length")) {
      left = Long.parseLong(value);
      part = left == 0 ? Part.HEAD : Part.BODY;
    }
    if (name.equals("host")) {
      headers.authority(letters(value));
    } else if (name.equals("cookie")) {
      // In crumbs, as browsers send them.
      for (String crumb : value.split("; ", -1)) {
        headers.add(name, letters(crumb));
      }
    } else if (!OF_THE_CONNECTION.contains(name)) {
      headers.add(letters(name), letters(value));
    }
  }

  private void trailers(String lines) throws IOException {
    part = Part.HEAD;
    if (lines.isEmpty()) {
      data(new byte[0], true);
      return;
    }
    Http2Headers trailers = new DefaultHttp2Headers(false);
    lines.lines().forEach(line -> add(line, trailers));
    block(trailers, true);
  }

  private void block(Http2Headers headers, boolean last) throws IOException {
    ByteBuf out = Unpooled.buffer();
    try {
      hpack.encodeHeaders(stream, headers, out);
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
    byte[] block = ByteBufUtil.getBytes(out);
    int at = Math.min(block.length, VisitorFrames.FRAME_MAX);
    int flags = (last ? VisitorFrames.END_STREAM : 0) | whole(at, block);
    frames.write(VisitorFrames.HEADERS, flags, stream, Arrays.copyOf(block, at));
    while (at < block.length) {
      int end = Math.min(block.length, at + VisitorFrames.FRAME_MAX);
      byte[] next = Arrays.copyOfRange(block, at, end);
      frames.write(VisitorFrames.CONTINUATION, whole(end, block), stream, next);
      at = end;
    }
  }

  private static int whole(int end, byte[] block) {
    return end == block.length ? VisitorFrames.END_HEADERS : 0;
  }

  /** Sends as much at a time as the other side lets us; what is for a reset stream is dropped. */
  private void data(byte[] bytes, boolean last) throws IOException {
    int at = 0;
    do {
      int now = Math.min(bytes.length - at, VisitorFrames.FRAME_MAX);
      while (now > 0 && frames.maySend(stream) <= 0 && !answers.isReset(stream)) {
        frames.flush();
        answers.hear();
      }
      if (answers.isReset(stream)) {
        return;
      }
      now = Math.min(now, Math.max(0, frames.maySend(stream)));
      int flags = last && at + now == bytes.length ? VisitorFrames.END_STREAM : 0;
      frames.write(VisitorFrames.DATA, flags, stream, Arrays.copyOfRange(bytes, at, at + now));
      frames.sent(stream, now);
      at += now;
    } while (at < bytes.length);
  }

  private static AsciiString letters(String text) {
    return new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
