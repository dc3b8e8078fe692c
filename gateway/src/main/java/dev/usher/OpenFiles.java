package dev.usher;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A check whether this process may open as many files as it will have connections. */
final class OpenFiles {
  /** Files for connections to pods and the store, the operators' port, and the process itself. */
  private static final long OTHERS = 2000;

  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

  private OpenFiles() {}

  /** Warns if the files do not suffice for this many connections of visitors. */
  static void check(int connections) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long allowed = system.getMaxFileDescriptorCount();
      if (allowed < needed(connections)) {
        LOG.atWarn()
            .addKeyValue("allowed", allowed)
            .addKeyValue("connections", connections)
            .addKeyValue("fix", fix(allowed, connections))
            .log("open_files_low");
      }
    }
  }

  static long needed(int connections) {
    return connections + OTHERS;
  }

  static String fix(long allowed, int connections) {
    return "let this process open "
        + needed(connections)
        + " files (ulimit -n), or set listen.limits.connections to at most "
        + Math.max(1, allowed - OTHERS);
  }
}
