package dev.usher.cli.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another JVM with this one's classes. It ends when it is closed, or when this JVM is gone. */
public final class ChildJvm implements AutoCloseable {
  /** How long a child may take to end in an orderly way before it is killed. */
  private static final Duration ORDERLY = Duration.ofSeconds(8);

  private static final long LOOK_MS = 20;

  private final String name;
  private final Process process;
  private final Path output;

  private ChildJvm(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
  }

  /**
   * Starts a child.
   *
   * @param name name of its output file in {@code logs}
   * @param jvmArgs arguments of the JVM, such as its heap size
   * @param command the class with the main method, then its arguments
   */
  public static ChildJvm start(String name, Path logs, List<String> jvmArgs, List<String> command)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(jvmArgs);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), ParentWatch.class.getName()));
    line.addAll(command);
    Path output = logs.resolve(name + ".log");
    ProcessBuilder.Redirect to = ProcessBuilder.Redirect.appendTo(output.toFile());
    Process process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(to).start();
    return new ChildJvm(name, process, output);
  }

  /** Whether the child runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** The child's process id. */
  public long pid() {
    return process.pid();
  }

  /** Completes with the child's exit code when it ends. */
  public CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Everything the child has printed. */
  public String printed() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return "(" + output + " cannot be read: " + e.getMessage() + ")";
    }
  }

  /**
   * Waits until it prints a line with these words.
   *
   * @return the line
   * @throws IllegalStateException if it ends first, or takes too long
   */
  public String awaitLine(String words, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      boolean lastLook = !process.isAlive() || System.nanoTime() > end;
      String line = line(words);
      if (line != null) {
        return line;
      }
      if (lastLook) {
        throw new IllegalStateException(
            name
                + " must print \""
                + words
                + "\" within "
                + atMost
                + " but printed:\n"
                + printed());
      }
      Thread.sleep(LOOK_MS);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(ORDERLY.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable String line(String words) {
    // A line still being written has no end yet.
    String whole = printed();
    return whole
        .substring(0, whole.lastIndexOf('\n') + 1)
        .lines()
        .filter(l -> l.contains(words))
        .findFirst()
        .orElse(null);
  }
}
