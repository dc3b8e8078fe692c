package dev.usher.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever asks why it takes so long is told when more pods would help. */
final class MorePodsTest {
  private static String told(String reason, int needed, int known, @Nullable Double asked) {
    return told(scaling(reason, needed, known, asked));
  }

  private static JsonObject scaling(String reason, int needed, int known, @Nullable Double asked) {
    return new JsonObject()
        .put("reason", reason)
        .put("needed", needed)
        .put("known", known)
        .put("queue", 28)
        .put("sessions", 4)
        .put("schedule", 0)
        .put("shortSeconds", 300)
        .put("askedSecondsAgo", asked);
  }

  private static String told(JsonObject scaling) {
    return MorePods.of(new JsonObject().put("upstream", "shop").put("scaling", scaling));
  }

  @Test
  void enoughPodsAreNothingToSpeakOf() {
    assertThat(told("queue", 28, 28, null)).isEmpty();
    assertThat(told("min", 1, 4, null)).isEmpty();
    assertThat(MorePods.of(new JsonObject())).isEmpty();
  }

  @Test
  void whereNobodyAsksItIsSaidWhatToDo() {
    assertThat(told("queue", 28, 4, null))
        .isEqualTo(
            "\n"
                + "More pods would help: upstream shop needs 28 for those who wait, and there are"
                + " 4. Nobody asks this replica how many it should be, and nobody ever has: let"
                + " KEDA or an HPA read /api/upstreams/shop/desired-replicas (docs/scaling.md), or"
                + " add them yourself.\n");
    assertThat(told("sessions", 28, 1, 90.0))
        .contains("for those who are inside, and there is 1.", "not for 90 s");
  }

  @Test
  void whereTheyAreAskedForAndDoNotComeItIsSaidWhereToLook() {
    assertThat(told("queue", 28, 4, 3.0))
        .contains("for 300 s none has come", "usher check --kubernetes", "kubectl describe hpa");
  }

  @Test
  void podsThatTheFileListsAreAddedThereWhoeverAsks() {
    for (Double asked : new Double[] {null, 3.0}) {
      assertThat(told(scaling("queue", 28, 4, asked).put("grows", false)))
          .contains("a list in the file", "add them to upstreams.shop.pods.")
          .doesNotContain("KEDA", "kubectl");
    }
  }

  @Test
  void aLimitThatKeepsThemAwayIsNamed() {
    assertThat(told("max", 10, 10, 3.0))
        .contains("28, but no more than 10", "(upstreams.shop.scaling.max)");
    assertThat(told("pods_add_no_capacity", 12, 12, 3.0))
        .contains("More than 12 pods are not asked for", "a database");
    assertThat(told("max", 10, 4, 3.0)).contains("needs 10, and there are 4.");
  }

  private static String raised(JsonObject raise) {
    JsonObject scaling = new JsonObject().put("reason", "min").put("raise", raise);
    return told(scaling);
  }

  @Test
  void aFloorThatUsherRaisedIsToldWithWhatKeepsItDown() {
    JsonObject raise =
        new JsonObject().put("object", "Deployment a/shop").put("floor", 30).put("raised", true);
    assertThat(raised(raise)).isEqualTo("\nUsher keeps Deployment a/shop at 30 pods or more.\n");
    assertThat(raised(raise.put("problem", "somebody wrote 2").put("fix", "ask them")))
        .isEqualTo(
            "\nThe floor does not stand as it should (Deployment a/shop): somebody wrote 2. What to"
                + " do: ask them.\n");
    assertThat(raised(new JsonObject().put("raised", false))).isEmpty();
  }
}
