package dev.usher.edge;

import dev.usher.room.Pod;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a pod. It carries one request at a time and is kept alive between two. Confined
 * to one event loop.
 *
 * <p>It is a Vert.x socket with Netty's HTTP codec and not a Vert.x HTTP client, because that one
 * copies the headers twice, makes several futures a request and knows no trailers of requests.
 */
final class UpstreamConnection {
  private static final int LINE_MAX = 8 * 1024;

  /** An origin may set many cookies, and large ones. */
  private static final int HEAD_MAX = 64 * 1024;

  /** As much as one read of a socket gives. */
  private static final int CHUNK_MAX = 64 * 1024;

  private static final String CODEC = "http";

  /** Who sent the request hears the answer. */
  interface Reader {
    void head(HttpResponse head);

    /** A part of the body; the last one is a {@link LastHttpContent}. To be released. */
    void content(HttpContent content);

    /** Nothing more is there to be read now. */
    void readComplete();

    void drained();

    /** The connection is gone, or spoke no HTTP. */
    void broken(ProxyError error);
  }

  private final NetSocketInternal socket;
  private final Pod pod;
  private @Nullable Reader reader;
  private boolean closed;
  private boolean paused;
  private boolean used;
  private boolean interim;

  /** The proxy's tick at which it became idle. */
  int idleSince;

  UpstreamConnection(NetSocket connected, Pod pod) {
    this.socket = (NetSocketInternal) connected;
    this.pod = pod;
    pipeline()
        .addBefore("handler", CODEC, new HttpClientCodec(LINE_MAX, HEAD_MAX, CHUNK_MAX, false));
    socket.messageHandler(this::message);
    socket.readCompletionHandler(v -> readComplete());
    socket.drainHandler(v -> drained());
    socket.exceptionHandler(failure -> {}); // the close that follows says all
    socket.closeHandler(v -> closed());
  }

  private ChannelPipeline pipeline() {
    return socket.channelHandlerContext().pipeline();
  }

  Pod pod() {
    return pod;
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether it has carried a request before, so that the pod may be closing it just now. */
  boolean isUsed() {
    return used;
  }

  /** Who reads from now on. */
  void lendTo(Reader newReader) {
    reader = newReader;
  }

  /** The request is over and the connection good for another. */
  void handBack() {
    reader = null;
    used = true;
  }

  void write(HttpObject part) {
    var unused = socket.writeMessage(part);
  }

  boolean isFull() {
    return socket.writeQueueFull();
  }

  void pause() {
    paused = true;
    socket.pause();
  }

  void resume() {
    if (paused) {
      paused = false;
      socket.resume();
      // What had arrived before the close has been read out just now, unless we were paused again.
      if (closed && !paused) {
        tellBroken(ProxyError.CONNECTION_BROKEN);
      }
    }
  }

  void close() {
    reader = null;
    var unused = socket.close();
  }

  /** Stops speaking HTTP: the bare socket, after a switch of protocols. */
  NetSocket unwrap() {
    reader = null;
    socket.messageHandler(null);
    socket.readCompletionHandler(null);
    socket.drainHandler(null);
    socket.pause();
    pipeline().remove(CODEC);
    return socket;
  }

  private void message(Object message) {
    Reader to = reader;
    try {
      read(to, message);
    } catch (RuntimeException | Error e) {
      failed(to);
      throw e;
    }
  }

  private void read(@Nullable Reader to, Object message) {
    if (to == null || !(message instanceof HttpObject part) || part.decoderResult().isFailure()) {
      // Bytes that nobody asked for, or that are no HTTP: nothing after them can be trusted.
      ReferenceCountUtil.release(message);
      var unused = socket.close();
      tellBroken(ProxyError.BAD_ANSWER);
    } else if (message instanceof HttpResponse head) {
      interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      to.head(head);
    } else if (interim && message instanceof LastHttpContent last) {
      interim = false;
      last.release();
    } else if (message instanceof HttpContent content) {
      to.content(content);
    }
  }

  private void readComplete() {
    tell(Reader::readComplete);
  }

  private void drained() {
    tell(Reader::drained);
  }

  private void tell(Consumer<Reader> what) {
    Reader to = reader;
    if (to == null) {
      return;
    }
    try {
      what.accept(to);
    } catch (RuntimeException | Error e) {
      failed(to);
      throw e;
    }
  }

  /** The reader threw: it is told so, and nobody knows where in the answer we are. */
  private void failed(@Nullable Reader to) {
    close();
    if (to != null) {
      to.broken(ProxyError.INTERNAL_ERROR);
    }
  }

  private void closed() {
    closed = true;
    if (!paused) {
      tellBroken(ProxyError.CONNECTION_BROKEN);
    }
  }

  private void tellBroken(ProxyError error) {
    Reader to = reader;
    reader = null;
    if (to != null) {
      to.broken(error);
    }
  }
}
