package dev.usher.proxy;

import dev.usher.http.HeaderNames;
import dev.usher.proxy.turn.Turn;
import dev.usher.proxy.turn.Turns;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;

/**
 * A body so small that it is read whole before its request asks for a turn or a slot: however
 * slowly it comes, it holds up nobody else. Confined to the proxy's event loop.
 *
 * <p>{@link Turns} says how many bodies of one visitor are held at once; others stay in the
 * visitor's sockets until some of those have gone to a pod.
 */
final class SmallBody implements Handler<Buffer> {
  /**
   * First allocation: most bodies are forms, and a visitor who merely announces 64 KiB gets no more
   * than this.
   */
  private static final int BYTES_AT_FIRST = 4 * 1024;

  private final BodyMemory memory;
  private final int length;
  private final @Nullable Turn turn;
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
  private boolean open;
  private boolean over;

  private SmallBody(BodyMemory memory, int length, @Nullable Turn turn) {
    this.memory = memory;
    this.length = length;
    this.turn = turn;
  }

  /** The body of this request; null if it is not a small one. */
  static @Nullable SmallBody of(
      HttpServerRequest request, ForwardedRequest forwarded, BodyMemory memory) {
    long length = LongRequest.declaredLength(request);
    if (length <= 0
        || length > LongRequest.UPLOAD_BYTES
        || request.headers().contains(HeaderNames.TRANSFER_ENCODING)
        || Tunnel.protocolAsked(request) != null) {
      return null;
    }
    Turn turn = forwarded.turn();
    return new SmallBody(memory, (int) length, turn == null ? null : turn.ofBody());
  }

  /** The turn to be read; null if there is no bound. */
  @Nullable Turn turn() {
    return turn;
  }

  /** Takes the memory that the body needs. Returns whether there was enough. */
  boolean open() {
    open = memory.take(length);
    if (open) {
      bytes = Unpooled.buffer(Math.min(length, BYTES_AT_FIRST), length);
    }
    return open;
  }

  @Override
  public void handle(Buffer part) {
    bytes.writeBytes(((BufferInternal) part).getByteBuf());
  }

  /** Whether the body is complete. */
  boolean isWhole() {
    return !over && bytes.readableBytes() == length;
  }

  /**
   * The whole body, to be sent.
   *
   * @param last whether it will not be asked for again
   */
  ByteBuf take(boolean last) {
    if (!isWhole()) {
      throw new IllegalStateException(
          "A body must have %d bytes but had %d".formatted(length, bytes.readableBytes()));
    }
    ByteBuf taken = bytes.retainedDuplicate();
    if (last) {
      end();
    }
    return taken;
  }

  /** Releases the body: it is no longer needed, or never became complete. */
  void end() {
    if (over) {
      return;
    }
    over = true;
    if (open) {
      memory.giveBack(length);
    }
    if (turn != null) {
      turn.end();
    }
    bytes.release();
  }
}
