package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {
  @Test
  void theWarningNamesBothNumbersThatWouldDo() {
    assertThat(OpenFiles.fix(20_000, 20_000))
        .isEqualTo(
            "let this process open 22000 files (ulimit -n), or set listen.limits.connections to at"
                + " most 18000");
    assertThat(OpenFiles.fix(1024, 20_000)).endsWith("at most 1");
  }
}
