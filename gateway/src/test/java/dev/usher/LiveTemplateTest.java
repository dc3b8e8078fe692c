package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.page.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The operator writes another page while people wait. */
class LiveTemplateTest {
  @RegisterExtension private final WrittenLog log = new WrittenLog("dev.usher.ConfigWatch");

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private Path template = folder;

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    template = folder.resolve("page.mustache");
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private void says(String words) throws IOException {
    Path fresh = Files.writeString(folder.resolve("fresh"), ours(words));
    Files.move(fresh, template, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String ours(String words) {
    return Template.OURS.source().replace("</body>", "<p>" + words + "</p>\n</body>");
  }

  @Test
  void whatTheFileSaysNowIsShownAndWhatIsWrongIsRefusedLoudlyWhileTheOldGoesOn()
      throws IOException {
    says("Doors at seven");
    LiveFile file =
        new LiveFile(
            stage,
            folder,
            Stage.shop(stage.pod(), 1)
                + "rooms: {concert: {page: {template: '"
                + template
                + "'}}}");
    Guest inside = new Guest(file.port()).comesIn("/");
    Stage.untilFull(() -> new Guest(file.port()));
    Guest waits = new Guest(file.port());
    assertThat(waits.opens("/").body()).contains("<p>Doors at seven</p>\n</body>");
    says("Doors at eight");
    Stage.within(
        60, "the new page", () -> waits.opens("/").body().contains("<p>Doors at eight</p>"));
    says("{{nine}}");
    Stage.within(60, "the refusal", () -> isRefusedFor("has {{nine}}"));
    assertThat(waits.opens("/").body()).contains("<p>Doors at eight</p>");
    assertThat(inside.opens("/").status()).as("who is inside stays inside").isEqualTo(200);
  }

  private boolean isRefusedFor(String part) {
    return log.said().stream()
        .anyMatch(line -> line.startsWith("ERROR config_refused") && line.contains(part));
  }
}
