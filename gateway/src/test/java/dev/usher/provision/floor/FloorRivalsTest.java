package dev.usher.provision.floor;

import static dev.usher.provision.floor.Floors.min;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whatever others write meanwhile stands, or is fought for no longer than is of use. */
final class FloorRivalsTest {
  private static final Duration LONG = Duration.ofMinutes(40);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Floors shop = new Floors(Scaled.hpa(2, 40));

  @Test
  void aPersonsOwnValueStandsAndIsToldOf() {
    shop.wants(30).looks();
    shop.object.write("kubectl-edit", min(12));
    assertThat(shop.looksFor(LONG)).isEqualTo(FloorStanding.CHANGED_BY_OTHERS);
    assertThat(shop.object.min()).isEqualTo(12);
    assertThat(FloorTrouble.of(FloorStanding.CHANGED_BY_OTHERS, shop.object.live(), Wanted.NOTHING))
        .extracting(FloorNews.Trouble::problem)
        .isEqualTo(
            "minReplicas was 2 when Usher raised it, and somebody wrote 12 since, which"
                + " stands");
    shop.wantsNothing().looksFor(LONG);
    assertThat(shop.object.min()).isEqualTo(12);
    assertThat(shop.object.live().hasNote()).isFalse();
    assertThat(Ownership.names(shop.object.live().managedFields(), "minReplicas"))
        .isEqualTo("kubectl-edit");
  }

  @Test
  void afterAPersonsValueTheNextCrowdIsServedFromThere() {
    shop.wants(30).looks();
    shop.object.write("kubectl-edit", min(12));
    shop.looks();
    shop.wantsNothing().looks();
    shop.wants(20).looks();
    assertThat(shop.object.min()).isEqualTo(20);
    shop.wantsNothing().looksFor(LONG);
    assertThat(shop.object.min()).isEqualTo(12);
  }

  @Test
  void aPersonsValueWhileItGoesDownStandsAtOnce() {
    shop.wants(30).looks();
    shop.wantsNothing().after(MINUTE).looks();
    shop.object.write("kubectl-edit", min(12));
    assertThat(shop.looks()).isEqualTo(FloorStanding.ENOUGH);
    assertThat(shop.object.min()).isEqualTo(12);
    assertThat(shop.object.live().hasNote()).isFalse();
  }

  @Test
  void whatIsPutBackTwiceIsWrittenAgainAndThenLeft() {
    shop.wants(30).looks();
    for (int i = 0; i < 2; i++) {
      shop.after(Duration.ofSeconds(30)).object.write("argocd-controller", min(2));
      assertThat(shop.looks()).isEqualTo(FloorStanding.RAISED);
      assertThat(shop.object.min()).isEqualTo(30);
    }
    shop.after(Duration.ofSeconds(30)).object.write("argocd-controller", min(2));
    assertThat(shop.looksFor(LONG)).isEqualTo(FloorStanding.PUT_BACK_AGAIN);
    assertThat(shop.object.min()).isEqualTo(2);
    FloorNews.Trouble said =
        Objects.requireNonNull(
            FloorTrouble.of(FloorStanding.PUT_BACK_AGAIN, shop.object.live(), Wanted.NOTHING));
    assertThat(said.problem())
        .isEqualTo(
            "argocd-controller put minReplicas back to 2 more than twice within five minutes, so"
                + " Usher writes no more");
    assertThat(said.fix())
        .contains("ignoreDifferences")
        .contains("{group: autoscaling, kind: HorizontalPodAutoscaler, name: shop")
        .contains("managedFieldsManagers: [usher]");
  }

  @Test
  void fluxIsToldTheWordsThatLetItSkipTheField() {
    shop.wants(30).looks();
    for (int i = 0; i < 3; i++) {
      shop.after(Duration.ofSeconds(30)).object.write("kustomize-controller", min(2));
      shop.looks();
    }
    FloorNews.Trouble said =
        Objects.requireNonNull(
            FloorTrouble.of(FloorStanding.PUT_BACK_AGAIN, shop.object.live(), Wanted.NOTHING));
    assertThat(said.fix())
        .startsWith(
            "in the Kustomization, from Flux 2.9 on: spec.ignore: [{target: {kind:"
                + " HorizontalPodAutoscaler, name: shop}, paths: [/spec/minReplicas]}]")
        .contains("kustomize.toolkit.fluxcd.io/reconcile: disabled");
  }

  @Test
  void whoeverPutItBackOwnsItAfterwards() {
    shop.wants(30).looks();
    for (int i = 0; i < 3; i++) {
      shop.object.write("argocd-controller", min(2));
      shop.looks();
    }
    assertThat(shop.wantsNothing().looks()).isEqualTo(FloorStanding.ENOUGH);
    assertThat(shop.object.live().hasNote()).isFalse();
    assertThat(Ownership.names(shop.object.live().managedFields(), "minReplicas"))
        .isEqualTo("argocd-controller");
  }

  @Test
  void whatIsPutBackNowAndThenIsNoFight() {
    shop.wants(30).looks();
    for (int i = 0; i < 6; i++) {
      shop.after(Duration.ofMinutes(3)).object.write("argocd-controller", min(2));
      assertThat(shop.looks()).isEqualTo(FloorStanding.RAISED);
    }
    assertThat(shop.object.min()).isEqualTo(30);
  }

  @Test
  void theRaisedValueIsNeverTakenForTheOriginal() {
    shop.wants(30).looks();
    shop.object.withoutNote();
    assertThat(shop.wants(35).looks()).isEqualTo(FloorStanding.NOTE_LOST);
    assertThat(shop.object.min()).isEqualTo(30);
    // A person takes it over by writing the value that it should have.
    shop.object.write("kubectl-edit", min(2));
    assertThat(shop.looks()).isEqualTo(FloorStanding.RAISED);
    assertThat(shop.noted().was().min()).isEqualTo(2);
  }

  @Test
  void anAnnotationThatCannotBeReadIsLeftAlone() {
    for (String text : List.of("yes", "{}", "[1]", "{\"by\":3}")) {
      shop.object.note(text);
      assertThat(shop.wants(30).looks()).isEqualTo(FloorStanding.NOTE_UNREADABLE);
      assertThat(shop.object.min()).isEqualTo(2);
    }
  }

  @Test
  void whatAnotherUsherRaisedIsItsOwn() {
    shop.wants(30).looks();
    FloorTurn other = new FloorTurn("elsewhere/usher", "shop", 99, shop.now());
    Wanted more = new Wanted(35, 0, true, new Wanted.Plan(0, "queue"));
    assertThat(FloorDecision.of(more, shop.object.live(), other))
        .isEqualTo(new FloorStep.Rest(FloorStanding.OF_ANOTHER));
  }

  @Test
  void anUninstallLeavesAPersonsValueAlone() {
    shop.wants(30).looks();
    shop.object.write("kubectl-edit", min(12));
    shop.object.make(FloorDecision.giveBack(shop.object.live(), shop.now()));
    assertThat(shop.object.min()).isEqualTo(12);
    assertThat(shop.object.live().hasNote()).isFalse();
  }

  @Test
  void nobodyWhoSawAnOlderObjectCanReleaseIt() {
    shop.wants(3).looks();
    shop.wantsNothing().after(MINUTE).looksAndDies();
    JsonArray patch = new JsonArray(String.valueOf(shop.decides().patch(shop.object.live())));
    assertThat(patch.getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("op", "test")
                .put("path", "/metadata/resourceVersion")
                .put("value", shop.object.live().meta("resourceVersion")));
  }
}
