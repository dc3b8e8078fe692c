package dev.usher.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sim.scenario.GateKind;
import dev.usher.sim.scenario.Results;
import dev.usher.sim.scenario.Scenarios;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportWriterTest {
  private static final List<Results> RESULTS =
      new Suite(2, 2).one(Scenarios.named("two-cold-pods"), GateKind.USHER, 1);

  @Test
  void thePageTellsEachTargetItsWorstSeedAndWhetherItIsKept(@TempDir Path folder) throws Exception {
    boolean good = ReportWriter.write(RESULTS, 2, folder);
    String page = Files.readString(folder.resolve("RESULTS.md"));
    assertThat(page).contains("| two-cold-pods | visitors lost | at most 0 | ");
    assertThat(page.contains("**missed**")).isEqualTo(!good);
    assertThat(page).contains("How it is simulated").contains("--seeds 2");
  }

  @Test
  void aChartIsWellFormed() throws Exception {
    String svg = new RunChart("a course", RESULTS.get(0).course()).svg();
    var read =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(read.getElementsByTagName("polyline").getLength()).isEqualTo(8);
    assertThat(svg).doesNotContain("NaN").hasSizeLessThan(120_000);
  }

  @Test
  void resultsComeInTheOrderOfTheirSeedsHoweverManyRunAtATime() {
    assertThat(RESULTS).extracting(Results::seed).containsExactly(1L, 2L);
    List<Results> alone = new Suite(2, 1).one(RESULTS.get(0).scenario(), GateKind.USHER, 1);
    assertThat(alone)
        .extracting(Results::hash)
        .isEqualTo(RESULTS.stream().map(Results::hash).toList());
  }
}
