package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of problems tells what there is, in the order of the code. */
final class ProblemPageTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(/problems/[^`]*)` \\| (\\d+) \\| ([^|]*) \\|");

  @Test
  void everyProblemIsOnThePageWithItsStatusAndTitleAndNoneIsThereTwice() throws IOException {
    String page = Files.readString(Path.of("../docs/problems.md"));
    List<String> told =
        ROW.matcher(page)
            .results()
            .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
            .toList();

    assertThat(told)
        .containsExactlyElementsOf(
            Arrays.stream(Problem.values())
                // A setting says the status, 429 unless it is set.
                .map(
                    p ->
                        p.type()
                            + " "
                            + (p == Problem.NOT_JOINED ? 429 : p.status())
                            + " "
                            + p.title())
                .toList());
  }

  @Test
  void aProblemSaysItsTypeAndWhatIsParticular() {
    assertThat(Problem.NOT_JOINED.details(503, "Join.").encode())
        .isEqualTo(
            "{\"type\":\"/problems/not-joined\",\"title\":\"Join the line first\","
                + "\"status\":503,\"detail\":\"Join.\"}");
  }
}
