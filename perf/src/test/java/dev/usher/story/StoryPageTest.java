package dev.usher.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page says of a run is what its files say. */
final class StoryPageTest {
  @TempDir private Path folder = Path.of(".");

  private Trial trial() throws IOException {
    Files.writeString(
        folder.resolve("course.csv"),
        Row.HEADING
            + """

            0.0,0,0,0,0,0,0,0,0
            30.0,10,4,0,0,3,0,0,0
            60.0,10,9,2,1,7,0,0,0
            90.0,10,9,8,1,7,0,0,0
            """);
    Files.writeString(folder.resolve("pods.csv"), "1.0,2,2,0\n29.0,4,2,1\n61.0,4,4,3\n");
    return Trial.read(Trial.Kind.SIGNAL, folder);
  }

  @Test
  void eachMomentHasThePodsThatThereWereThen() throws IOException {
    Trial trial = trial();
    assertThat(trial.course().get(0).pods()).isZero();
    assertThat(trial.course().get(1).csv()).isEqualTo("30.0,10,4,0,0,3,4,2,1");
    assertThat(trial.end().csv()).isEqualTo("90.0,10,9,8,1,7,4,4,3");
    assertThat(trial.podMinutes()).isEqualTo(4 * 1.5);
    assertThat(trial.lastIn()).isEqualTo(60);
  }

  @Test
  void whoGaveUpAndWhoIsNotDoneAreToldApart() throws IOException {
    StoryPage page = new StoryPage(List.of(trial()), 10);
    assertThat(page.table()).contains("| Usher, signal | 8 | 1 | 1 | 7 | 60 s | 3 | 4 | 6.0 |");
    assertThat(page.chart()).startsWith("<svg").contains("Usher, signal", "tickets sold");
  }
}
