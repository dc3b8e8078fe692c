package dev.usher.cli.drill;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Whether this process may open a socket for every visitor. */
public final class SocketLimit {
  /** Files of the JVM itself: jars, event loops, the report. */
  private static final int OTHERS = 300;

  private SocketLimit() {}

  /** Files this process may open; {@link Long#MAX_VALUE} if the system does not say. */
  static long allowed() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /**
   * Refuses a crowd that this process cannot hold, half of which would fail for reasons of our own.
   */
  public static void mustSuffice(int visitors, long allowed) {
    long needed = visitors + (long) OTHERS;
    if (allowed < needed) {
      throw new IllegalArgumentException(
          "This process must be allowed "
              + needed
              + " open files for "
              + visitors
              + " visitors but may open "
              + allowed
              + ". Raise it with: ulimit -n "
              + needed
              + ", or send at most --visitors "
              + Math.max(1, allowed - OTHERS));
    }
  }
}
