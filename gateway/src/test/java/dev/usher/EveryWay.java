package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/**
 * Plays that are the same over every protocol, and whenever the store answers. Each says by {@link
 * Over} over which ways it is played; all of them, unless it says why not. They wait beside each
 * other: what looks at the whole process, as at its log, says that it must not.
 */
@ParameterizedClass
@Execution(ExecutionMode.CONCURRENT)
abstract class EveryWay {
  @Parameter private Way given = Way.HTTP_1;
  @TempDir private Path folder = Path.of(".");
  private Stage set = new Stage(folder);

  @BeforeEach
  final void set() {
    assertThat(getClass().isAnnotationPresent(Over.class))
        .as("the ways are named by @Over, which leaves all but the first to the whole matrix")
        .isTrue();
    set = new Stage(folder, given);
  }

  @AfterEach
  final void clear() {
    set.close();
  }

  final Way way() {
    return given;
  }

  final Stage stage() {
    return set;
  }

  /** The port of a gateway whose one place is taken, which is known by now. */
  final int fullHouse(String rooms) {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + rooms).port();
    guest(port).comesIn("/");
    Stage.untilFull(() -> guest(port));
    return port;
  }

  /** A visitor who comes this way. */
  final Guest guest(int port) {
    return set.guest(port);
  }
}
