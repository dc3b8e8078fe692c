package dev.usher.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RehearsalTest {
  @Test
  void aBareServerThatDoesNotListenInTimeIsToldWithWhatToDo(@TempDir Path dir) throws Exception {
    assertThatThrownBy(() -> Rehearsal.start(dir, Duration.ZERO))
        .isInstanceOf(NoRehearsalException.class)
        .hasMessageContaining("must listen within 0 s but did not: this machine is too busy")
        .hasMessageContaining("Nothing was sent to the target")
        .hasMessageEndingWith("It printed: nothing");
    try (Rehearsal rehearsal = Rehearsal.start(dir)) {
      assertThat(rehearsal).isNotNull();
    }
  }
}
