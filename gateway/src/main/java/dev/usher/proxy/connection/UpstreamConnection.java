package dev.usher.proxy.connection;

import dev.usher.http.HeaderNames;
import dev.usher.pods.Pod;
import dev.usher.server.Reads;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
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
 * <p>It is a Vert.x socket with Netty's HTTP codec, not a Vert.x HTTP client, because the client
 * copies the headers twice, makes several futures a request and does not support request trailers.
 */
public final class UpstreamConnection {
  /** The most of a body that may be on its way to a pod that does not read. */
  private static final int PENDING_MAX = 32 * 1024;

  /**
   * What a part costs besides its bytes until it is sent: a chunk of one letter is three buffers.
   */
  public static final int PART_COST = 512;

  private static final String ENCODER = "requests";
  private static final String DECODER = "answers";

  /** The reader of an answer, which is the sender of the request. */
  public interface Reader {
    void head(HttpResponse head);

    /**
     * A part of the body, to be released by the reader; the last one is a {@link LastHttpContent}.
     */
    void content(HttpContent content);

    /** Nothing more can be read at the moment. */
    void readComplete();

    void drained();

    /** The connection is gone, or did not speak HTTP. */
    void broken(ProxyError error);
  }

  private final NetSocketInternal socket;
  private final Channel channel;
  private final Pod pod;
  private final AnswerDecoder decoder = new AnswerDecoder();
  private @Nullable Reader reader;
  private @Nullable Consumer<UpstreamConnection> whenRead;
  private boolean closed;
  private boolean paused;
  private boolean used;
  private boolean interim;
  private int pending;
  private boolean full;

  /** The proxy's tick at which it became idle. */
  int idleSince;

  /** How long the pod keeps it open while idle, as it said last. */
  long idleMillis = Long.MAX_VALUE;

  UpstreamConnection(NetSocket connected, Pod pod) {
    this.socket = (NetSocketInternal) connected;
    this.channel = socket.channelHandlerContext().channel();
    this.pod = pod;
    Reads.boundOfPod(channel);
    channel
        .pipeline()
        .addBefore("handler", DECODER, decoder)
        .addBefore("handler", ENCODER, new HttpRequestEncoder());
    socket.messageHandler(this::message);
    socket.readCompletionHandler(v -> readComplete());
    socket.exceptionHandler(failure -> {}); // the close that follows says enough
    socket.closeHandler(v -> closed());
  }

  Pod pod() {
    return pod;
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether it may carry another request: open, and without a byte that nobody asked for. */
  boolean isClean() {
    return !closed && !decoder.isSpoilt();
  }

  /** Whether it is clean, with its socket checked just now. */
  boolean isQuiet() {
    return isClean() && PodSocket.isQuiet(channel);
  }

  /** Whether it has carried a request before, so that the pod may just be closing it. */
  public boolean isUsed() {
    return used;
  }

  /** Sets who reads the answer. */
  public void lendTo(Reader newReader) {
    reader = newReader;
  }

  /**
   * Hands the connection back after a request. It can carry another only when the read that brought
   * the end of the answer is over.
   *
   * @param over gets the connection then
   */
  void handBack(Consumer<UpstreamConnection> over) {
    reader = null;
    used = true;
    resume();
    if (decoder.isReading()) {
      whenRead = over;
    } else {
      over.accept(this);
    }
  }

  public void write(HttpObject part) {
    if (part instanceof HttpRequest request) {
      decoder.expect(request.method());
    }
    int bytes = part instanceof HttpContent content ? content.content().readableBytes() : 0;
    var done = socket.writeMessage(part);
    if (bytes > 0) {
      int cost = bytes + PART_COST;
      pending += cost;
      full |= pending > PENDING_MAX;
      var unused = done.onComplete(written -> written(cost));
    }
  }

  private void written(int cost) {
    pending -= cost;
    if (full && pending <= PENDING_MAX / 2) {
      full = false;
      tell(Reader::drained);
    }
  }

  public boolean isFull() {
    return full;
  }

  /** Stops reading. Past Vert.x, which would queue several reads before it stops the socket. */
  public void pause() {
    paused = true;
    channel.config().setAutoRead(false);
  }

  public void resume() {
    if (paused) {
      paused = false;
      channel.config().setAutoRead(true);
    }
  }

  public void close() {
    reader = null;
    var unused = socket.close();
  }

  /** Stops speaking HTTP and returns the bare socket, after a switch of protocols. */
  public NetSocketInternal unwrap() {
    reader = null;
    socket.messageHandler(null);
    socket.readCompletionHandler(null);
    socket.pause();
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.remove(ENCODER);
    pipeline.remove(DECODER);
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
      // Bytes that nobody asked for, or that are not HTTP: nothing after them can be trusted.
      ReferenceCountUtil.release(message);
      var unused = socket.close();
      tellBroken(ProxyError.BAD_ANSWER);
    } else if (message instanceof HttpResponse head) {
      interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      idleMillis = KeepAlive.millis(head.headers().get(HeaderNames.KEEP_ALIVE));
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
    Consumer<UpstreamConnection> over = whenRead;
    whenRead = null;
    if (over != null) {
      over.accept(this);
    }
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

  /** Tells the reader that it threw; nobody knows where in the answer we are. */
  private void failed(@Nullable Reader to) {
    close();
    if (to != null) {
      to.broken(ProxyError.INTERNAL_ERROR);
    }
  }

  private void closed() {
    closed = true;
    tellBroken(ProxyError.CONNECTION_BROKEN);
  }

  private void tellBroken(ProxyError error) {
    Reader to = reader;
    reader = null;
    if (to != null) {
      to.broken(error);
    }
  }
}
