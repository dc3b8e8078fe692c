package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import dev.usher.provision.SaleStage.Phase;
import dev.usher.store.upstream.NoteStore;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written down of more events than a note has room for. */
final class SalePageTest {
  private static final Sizing SIZING =
      new Sizing(
          new Scaling(1, Scaling.UNBOUNDED, Duration.ofMinutes(5), Duration.ofMinutes(1)),
          new Declared(2, 0, 3, 0),
          Tuning.DEFAULT);

  private static SaleStage stage(int event, Phase phase, int pods) {
    LocalDate day = LocalDate.of(2026, 1, 1).plusDays(event);
    String key = "concert/" + "a-sale-with-a-name-of-many-letters-".repeat(3) + event + "@" + day;
    return SaleStage.planned(key).in(phase, pods, 1_800_000_000_000L).sized(pods, "0/15000/600000");
  }

  private static List<SaleStage> writtenAndRead(List<SaleStage> stages) {
    String text = new SalePage(stages, Means.declared(SIZING), new LeadTimes()).text();
    assertThat(text.length()).isLessThanOrEqualTo(NoteStore.NOTE_LENGTH_MAX);
    return SalePage.parse(text, SIZING).stages();
  }

  @Test
  void ofAThousandEventsThoseWithPodsAndTheLatestAreWritten() {
    List<SaleStage> stages = new ArrayList<>();
    for (int event = 0; event < 1000; event++) {
      stages.add(stage(event, Phase.DONE, 0));
    }
    SaleStage open = stage(1000, Phase.OPEN, 30);
    SaleStage lowering = stage(1001, Phase.LOWERING, 12);
    SaleStage late = stage(1002, Phase.LATE, 0);
    stages.addAll(List.of(late, lowering, open, stage(1003, Phase.PLANNED, 0)));
    List<SaleStage> read = writtenAndRead(stages);
    assertThat(read).startsWith(lowering, open, late, stage(999, Phase.DONE, 0));
    assertThat(read).hasSizeGreaterThan(200).doesNotContain(stage(0, Phase.DONE, 0));
  }

  @Test
  void whenPodsWereAskedForIsReadByWhoKnowsOfItAndPassedOverByAnOlderReplica() {
    SaleStage open = stage(1, Phase.RAISING, 40).in(Phase.OPEN, 40, 1_800_000_600_000L);
    assertThat(open.askedAt()).isEqualTo(1_800_000_000_000L);
    assertThat(writtenAndRead(List.of(open, stage(2, Phase.OPEN, 3)))).contains(open);
    String text = new SalePage(List.of(open), null, new LeadTimes()).text();
    // An older one takes lines of six words for stages, and skips all others.
    assertThat(text.split("\\|", -1)[2].split(";"))
        .filteredOn(line -> line.split(" ", -1).length == 6)
        .containsExactly(open.text());
    String older = "1||" + open.text() + ";" + stage(2, Phase.RAISING, 3).text() + "|";
    assertThat(SalePage.parse(older, SIZING).stages())
        .extracting(SaleStage::askedAt)
        .containsExactly(0L, 1_800_000_000_000L);
  }

  @Test
  void aFewAreAllWritten() {
    List<SaleStage> stages = List.of(stage(1, Phase.DONE, 0), stage(2, Phase.RAISING, 40));
    assertThat(writtenAndRead(stages)).containsExactlyInAnyOrderElementsOf(stages);
    assertThat(writtenAndRead(List.of())).isEmpty();
  }
}
