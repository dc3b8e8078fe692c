package dev.usher.provision;

import dev.usher.provision.SaleStage.Phase;
import dev.usher.store.upstream.NoteStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the leader writes down of one upstream's events for all replicas.
 *
 * @param stages where each event stands
 * @param means what their sizes are turned into pods by; null while that is not known
 * @param leads how long pods took
 */
record SalePage(List<SaleStage> stages, @Nullable Means means, LeadTimes leads) {
  private static final String FORM = "1";
  private static final int PARTS = 4;
  private static final String BETWEEN = ";";

  /**
   * Which are written first, as a note has an end: those that have pods, then the latest. What is
   * not written of an event that is over, the next leader finds out by its times.
   */
  private static final Comparator<SaleStage> MOST_NEEDED =
      Comparator.comparing((SaleStage stage) -> need(stage.phase()))
          .thenComparing(SaleStage::day, Comparator.reverseOrder());

  private static int need(Phase phase) {
    return switch (phase) {
      case RAISING, OPEN, LOWERING -> 0;
      case LATE -> 1;
      case DONE, PLANNED -> 2;
    };
  }

  String text() {
    String before = String.join("|", FORM, means == null ? "" : means.text(), "");
    String after = "|" + leads.text();
    int room = NoteStore.NOTE_LENGTH_MAX - before.length() - after.length();
    StringBuilder written = new StringBuilder();
    for (SaleStage stage : stages.stream().sorted(MOST_NEEDED).toList()) {
      String asked = stage.askedText();
      String text = stage.text() + (asked.isEmpty() ? "" : BETWEEN + asked);
      String line = (written.isEmpty() ? "" : BETWEEN) + text;
      if (stage.phase() != Phase.PLANNED && written.length() + line.length() <= room) {
        written.append(line);
      }
    }
    return before + written + after;
  }

  /** Reads a text; of one that cannot be read nothing is known. */
  static SalePage parse(String text, Sizing sizing) {
    String[] parts = text.split("\\|", -1);
    if (parts.length != PARTS || !parts[0].equals(FORM)) {
      return new SalePage(List.of(), null, new LeadTimes());
    }
    List<SaleStage> stages = stages(parts[2]);
    return new SalePage(stages, Means.parse(parts[1], sizing), LeadTimes.parse(parts[3]));
  }

  private static List<SaleStage> stages(String text) {
    List<SaleStage> stages = new ArrayList<>();
    for (String line : text.split(BETWEEN, -1)) {
      SaleStage stage = SaleStage.parse(line);
      if (stage != null) {
        stages.add(stage);
      } else if (!stages.isEmpty()) {
        int last = stages.size() - 1;
        stages.set(last, stages.get(last).asked(line));
      }
    }
    return stages;
  }
}
