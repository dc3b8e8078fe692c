package dev.usher.proxy;

import dev.usher.http.HeaderNames;
import dev.usher.http.HopByHop;
import dev.usher.proxy.connection.UpstreamConnection;
import dev.usher.server.Http1Turns;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends a pod's answer to the visitor, its body as it comes and no faster than the visitor reads.
 */
final class AnswerPump {
  /** The most of an answer that may be on its way to a visitor who does not read. */
  private static final int PENDING_MAX = 48 * 1024;

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final UpstreamConnection from;

  /**
   * The part read last, kept until it is known whether another follows in the same read: an answer
   * that comes in one packet also leaves in one.
   */
  private @Nullable Buffer held;

  private boolean headPending;
  private boolean paused;
  private int pending;
  private long taken;

  AnswerPump(HttpServerRequest request, UpstreamConnection from) {
    this.request = request;
    this.response = request.response();
    this.from = from;
  }

  void head(HttpResponse head, ForwardedRequest forwarded) {
    int status = head.status().code();
    response.setStatusCode(status);
    MultiMap out = response.headers();
    copy(head.headers(), out);
    if (forwarded.answer() != null) {
      forwarded.answer().change(status, out, OriginHeaders.endSession(head.headers()));
    }
    headPending = true;
    if (!hasBody(status) || out.contains(HeaderNames.CONTENT_LENGTH)) {
      return;
    }
    if (request.version() == HttpVersion.HTTP_1_0) {
      // HTTP/1.0 has no chunks: the end of the connection is the end of the body.
      Http1Turns.leaveAfter(request);
    } else {
      response.setChunked(true);
    }
  }

  /** Whether everybody, not only this proxy, agrees where the answer ends. */
  static boolean isClear(HttpResponse head) {
    List<String> codings = head.headers().getAll(HeaderNames.TRANSFER_ENCODING);
    return codings.isEmpty()
        || (codings.size() == 1
            && HeaderNames.CHUNKED.contentEqualsIgnoreCase(codings.get(0).trim()));
  }

  /**
   * Whether the pod's connection may be used again after this answer. Not if the answer promises a
   * body where none is allowed: many a pod sends one all the same, a moment later.
   */
  boolean keepsAlive(HttpResponse head) {
    HttpHeaders headers = head.headers();
    String length = headers.get(HeaderNames.CONTENT_LENGTH);
    boolean promisesBody =
        headers.contains(HeaderNames.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    return head.protocolVersion().equals(io.netty.handler.codec.http.HttpVersion.HTTP_1_1)
        && headers.getAll(HeaderNames.CONNECTION).stream()
            .noneMatch(line -> HopByHop.hasToken(line, HeaderNames.CLOSE))
        && (!promisesBody || hasBody(head.status().code()));
  }

  private boolean hasBody(int status) {
    return !request.method().equals(HttpMethod.HEAD) && status != 204 && status != 304;
  }

  static void copy(HttpHeaders in, MultiMap out) {
    List<String> connection = in.getAll(HeaderNames.CONNECTION);
    Iterator<Map.Entry<CharSequence, CharSequence>> entries = in.iteratorCharSequence();
    while (entries.hasNext()) {
      Map.Entry<CharSequence, CharSequence> entry = entries.next();
      CharSequence name = entry.getKey();
      if (!HopByHop.contains(name)
          && !OriginHeaders.contains(name)
          && (connection.isEmpty() || !HopByHop.named(connection, name))) {
        out.add(name, entry.getValue());
      }
    }
  }

  /** Forwards a part of the body. Returns whether it was the last. */
  boolean content(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (last) {
      addTrailers(((LastHttpContent) content).trailingHeaders());
    }
    if (content.content().isReadable()) {
      writeHeld();
      held = BufferInternal.safeBuffer(content.content());
    } else {
      content.release();
    }
    if (last) {
      end();
    }
    return last;
  }

  private void addTrailers(HttpHeaders trailers) {
    if (!trailers.isEmpty() && response.isChunked()) {
      for (Map.Entry<String, String> trailer : trailers) {
        if (!HopByHop.contains(trailer.getKey())
            && !HeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(trailer.getKey())) {
          response.putTrailer(trailer.getKey(), trailer.getValue());
        }
      }
    }
  }

  private void end() {
    headPending = false;
    var unused = held == null ? response.end() : response.end(held);
    held = null;
  }

  /**
   * Sends what is held: nothing more came with this read, and it may be an event, which must not
   * wait.
   */
  void flush() {
    if (held != null) {
      writeHeld();
    } else if (headPending
        && (response.isChunked() || response.headers().contains(HeaderNames.CONTENT_LENGTH))) {
      headPending = false;
      var unused = response.writeHead();
    }
  }

  private void writeHeld() {
    if (held == null) {
      return;
    }
    headPending = false;
    // Counted here and in bytes, because Vert.x counts parts, and lets many large ones pile up.
    int bytes = held.length();
    pending += bytes + UpstreamConnection.PART_COST;
    var unused = response.write(held).onComplete(done -> written(bytes));
    held = null;
    if (pending > PENDING_MAX && !paused) {
      paused = true;
      from.pause();
    }
  }

  private void written(int bytes) {
    pending -= bytes + UpstreamConnection.PART_COST;
    taken += bytes;
    if (paused && pending <= PENDING_MAX / 2) {
      paused = false;
      from.resume();
    }
  }

  /** Whether it is the visitor who keeps the pod from sending more. */
  boolean isPaused() {
    return paused;
  }

  /** Whether there is anything that the visitor has yet to read. */
  boolean isPending() {
    return pending > 0;
  }

  /** How much of the body the visitor, or the operating system on their behalf, has taken. */
  long taken() {
    return taken;
  }
}
