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
 * slowly it comes, it is in nobody's way but its own. Confined to the proxy's event loop.
 *
 * <p>Of one visitor so many are held at once as {@link Turns} says; others stay in the visitor's
 * sockets until some of those have gone to a pod.
 */
final class SmallBody implements Handler<Buffer> {
  /** Most bodies are forms; who only announces 64 KiB gets no more than this before they send. */
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

  /** The body of this request; null where it is none of these. */
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

  /** The turn to be read; null where there is no bound. */
  @Nullable Turn turn() {
    return turn;
  }

  /** Takes the room that it needs. Returns whether there was any. */
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

  /** Whether all of it is here. */
  boolean isWhole() {
    return !over && bytes.readableBytes() == length;
  }

  /**
   * The whole of it, to be sent.
   *
   * @param last whether it is never asked for again
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

  /** It is not needed any more, or was never whole. */
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
