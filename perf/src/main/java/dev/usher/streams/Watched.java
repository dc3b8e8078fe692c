package dev.usher.streams;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gateway's process, as its machine and its JVM see it. */
final class Watched {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final int TICKS_A_SECOND = 100;

  private final String pid;

  Watched(String pid) {
    this.pid = pid;
  }

  /** Seconds of processor time used so far. */
  double processorSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc", pid, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_A_SECOND;
  }

  /**
   * Memory of its own, in KB. The heap is touched whole at the start, so what is added is not heap.
   */
  long anonymousKb() throws IOException {
    return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  /** What is in use of the heap after a collection, in KB. */
  long heapKb() throws IOException, InterruptedException {
    jcmd("GC.run");
    jcmd("GC.run");
    long used = 0;
    for (String line : jcmd("GC.heap_info").split("\n", -1)) {
      Matcher found = USED.matcher(line);
      boolean ofHeap = !line.contains("Metaspace") && !line.contains("class space");
      used += ofHeap && found.find() ? Long.parseLong(found.group(1)) : 0;
    }
    return used;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(java.toString(), pid, command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd " + pid + " " + command + " must work but said: " + said);
    }
    return said;
  }
}
