package dev.usher.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder and the processes of a demo: whichever way it ends, nothing of them stays. */
final class Stage implements AutoCloseable {
  private final Path dir;
  private final Demo demo;
  private final Thread atExit = new Thread(this::clear, "demo-end");
  private boolean cleared;
  private boolean keep;

  private Stage(Path dir, Demo demo) {
    this.dir = dir;
    this.demo = demo;
  }

  static Stage open(DemoPlan plan, Ports ports, LiveView view) throws IOException {
    Path dir = Files.createTempDirectory("usher-demo");
    Stage stage = new Stage(dir, new Demo(plan, ports, view, dir));
    Runtime.getRuntime().addShutdownHook(stage.atExit);
    return stage;
  }

  Demo demo() {
    return demo;
  }

  /** Keeps what the processes printed, and says where it is. */
  synchronized void keepFiles(PrintWriter screen) {
    keep = true;
    screen.println("What the processes printed is kept in " + dir);
    screen.flush();
  }

  @Override
  public void close() {
    clear();
  }

  private synchronized void clear() {
    if (cleared) {
      return;
    }
    cleared = true;
    demo.close();
    if (!keep) {
      remove();
    }
  }

  private void remove() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(dir);
    } catch (IOException e) {
      System.err.println("Could not remove " + dir + ": " + e.getMessage());
    }
  }
}
