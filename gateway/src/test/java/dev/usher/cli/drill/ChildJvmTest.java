package dev.usher.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** A process that starts a child of its own and then does nothing. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      Path dir = Path.of(args[0]);
      ChildJvm child = ChildJvm.start("bare", dir, List.of(), List.of(BareServer.class.getName()));
      System.out.println("child " + child.pid());
      Thread.currentThread().join();
    }
  }

  @Test
  void aChildEndsEvenWhenItsParentIsKilled(@TempDir Path dir) throws Exception {
    List<String> command = List.of(Parent.class.getName(), dir.toString());
    ChildJvm parent = ChildJvm.start("parent", dir, List.of(), command);
    String line = parent.awaitLine("child ", SOON);
    ProcessHandle child =
        ProcessHandle.of(Long.parseLong(line.substring("child ".length()))).orElseThrow();
    assertThat(child.isAlive()).isTrue();

    ProcessHandle.of(parent.pid()).orElseThrow().destroyForcibly();

    child.onExit().get(SOON.toSeconds(), TimeUnit.SECONDS);
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void aClosedChildIsGone(@TempDir Path dir) throws Exception {
    ChildJvm child = ChildJvm.start("bare", dir, List.of(), List.of(BareServer.class.getName()));
    child.awaitLine(BareServer.LISTENING, SOON);
    child.close();
    assertThat(child.alive()).isFalse();
  }

  @Test
  void whatAChildPrintedBeforeItDiedIsTold(@TempDir Path dir) throws Exception {
    List<String> command = List.of(BareServer.class.getName(), "no port");
    try (ChildJvm child = ChildJvm.start("bare", dir, List.of(), command)) {
      assertThatThrownBy(() -> child.awaitLine(BareServer.LISTENING, SOON))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("\"no port\"");
    }
  }
}
