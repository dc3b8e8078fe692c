package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/api.md types to a gateway is typed to one. */
class ApiPageTest {
  private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\\n(.*?)^```");

  @TempDir private Path folder = Path.of(".");

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theCommandsLeadFromTheFirstRequestToTheLast(boolean full) throws Exception {
    assumeThat(new File("/usr/bin/curl")).as("SKIPPED: no curl").exists();
    try (Stage stage = new Stage(folder)) {
      TestPod pod = stage.pod();
      String room = "rooms: {concert: {poll: {min: 200ms, max: 1s}, offer: 60s}}";
      int port = stage.gateway(Stage.shop(pod, 1) + room).port();
      Guest inside = new Guest(port).comesIn("/");
      if (!full) {
        inside.posts("/_usher/leave");
        Stage.until("a place is free", () -> isFree(port));
      }
      String script = script().replace(":8080", ":" + port).replace("sleep 5", "sleep 0.3");
      Path said = folder.resolve("said");
      Process shell =
          new ProcessBuilder("bash", "-eu", "-c", script)
              .directory(Files.createDirectory(folder.resolve("here")).toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      try {
        if (full) {
          Stage.until("it was told its place", () -> !lines(said).isEmpty());
          inside.posts("/_usher/leave");
        }
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        shell.destroyForcibly();
      }
      List<String> told = lines(said);
      assertThat(shell.exitValue()).as(told.toString()).isZero();
      assertTold(told, full);
      assertThat(pod.last().uri()).isEqualTo("/seats");
    }
  }

  private static void assertTold(List<String> told, boolean full) {
    if (full) {
      assertThat(told).hasSize(4);
      assertThat(told.get(0)).contains("\"state\":\"waiting\"", "\"ticket\":\"");
      assertThat(told.get(1)).contains("\"state\":\"called\"");
    } else {
      assertThat(told).hasSize(2);
    }
    assertThat(told.get(told.size() - 2)).contains("\"state\":\"admitted\"", "\"pass\":\"");
    assertThat(told.get(told.size() - 1)).isEqualTo("in{\"room\":\"concert\",\"state\":\"none\"}");
  }

  private static boolean isFree(int port) {
    return new Guest(port).asks("HEAD", "/", Guest.BROWSER).status() == 200;
  }

  private static String script() throws IOException {
    List<String> blocks =
        SHELL
            .matcher(Files.readString(Path.of("../docs/api.md")))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(blocks).hasSize(1);
    return blocks.get(0);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
