package dev.usher.proxy.connection;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A look at the socket of a kept connection, past the event loop, which may not have read it yet.
 */
final class PodSocket {
  private static final ThreadLocal<ByteBuffer> ONE =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(1));

  private PodSocket() {}

  /**
   * Whether nothing has come that was not read: neither a byte that nobody asked for nor the end of
   * the connection. The look takes such a byte, so a connection that is not quiet is of no more
   * use. Where sockets cannot be looked at, what the event loop has read must do.
   */
  static boolean isQuiet(Channel channel) {
    if (!(channel instanceof UnixChannel socket)) {
      return channel.isActive();
    }
    try {
      return channel.isActive() && socket.fd().read(ONE.get(), 0, 1) == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
