package dev.usher.server;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/** The size of the reads from a socket: what one read brings is kept whole if nobody takes it. */
public final class Reads {
  private static final RecvByteBufAllocator OF_VISITOR =
      new AdaptiveRecvByteBufAllocator(512, 2 * 1024, 16 * 1024).maxMessagesPerRead(2);

  private static final RecvByteBufAllocator OF_POD =
      new AdaptiveRecvByteBufAllocator(1024, 4 * 1024, 32 * 1024).maxMessagesPerRead(8);

  private Reads() {}

  static void boundOfVisitor(Channel channel) {
    bound(channel, OF_VISITOR);
  }

  public static void boundOfPod(Channel channel) {
    bound(channel, OF_POD);
  }

  private static void bound(Channel channel, RecvByteBufAllocator reads) {
    RecvByteBufAllocator before = channel.config().getRecvByteBufAllocator();
    if (before != reads && before instanceof MaxMessagesRecvByteBufAllocator own) {
      // Once it has read, the channel keeps the sizes it had; how often it reads can still be set.
      own.maxMessagesPerRead(1);
    }
    channel.config().setRecvByteBufAllocator(reads);
  }
}
