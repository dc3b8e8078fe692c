package dev.usher.edge;

import dev.usher.house.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** What lies in the sockets of this machine, as Linux counts it. */
public final class InSockets {
  private static final Path IPV4 = Path.of("/proc/net/tcp");
  private static final Path IPV6 = Path.of("/proc/net/tcp6");

  private InSockets() {}

  public static boolean areCounted() {
    return Files.exists(IPV4) && Files.exists(IPV6);
  }

  /** Waits until a figure stays as it is for a moment. */
  public static void settles(LongSupplier figure) {
    long before = -1;
    while (before != figure.getAsLong()) {
      before = figure.getAsLong();
      Wait.pause(200);
    }
  }

  /** Sent and not yet taken in, or taken in and not yet read, by connections to these ports. */
  public static long to(int... ports) {
    long sum = 0;
    for (int port : ports) {
      String end = String.format(":%04X", port);
      sum += in(IPV4, end) + in(IPV6, end);
    }
    return sum;
  }

  private static long in(Path table, String port) {
    long sum = 0;
    try {
      for (String line : Files.readAllLines(table)) {
        String[] words = line.strip().split("\\s+", -1);
        boolean listens = words[3].equals("0A");
        if (!listens && (words[1].endsWith(port) || words[2].endsWith(port))) {
          sum += Long.parseLong(words[4].substring(0, 8), 16);
          sum += Long.parseLong(words[4].substring(9), 16);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum;
  }
}
