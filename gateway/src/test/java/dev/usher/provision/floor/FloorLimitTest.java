package dev.usher.provision.floor;

import static dev.usher.provision.floor.Floors.max;
import static dev.usher.provision.floor.Floors.min;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.WrittenLog;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A limit that was raised for a floor goes back however that ends, unless somebody needs it. */
final class FloorLimitTest {
  private static final Duration LONG = Duration.ofMinutes(40);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @RegisterExtension private final WrittenLog log = new WrittenLog(FloorLog.class);

  private final Floors shop = new Floors(Scaled.hpa(2, 40));

  @Test
  void aLimitThatSomebodyElseChangedMeanwhileStays() {
    shop.wantsAndMay(50, 60).looks();
    shop.object.write("kubectl-edit", max(80));
    shop.wantsNothing().looksFor(Duration.ofMinutes(60));
    assertThat(shop.object.min()).isEqualTo(2);
    assertThat(shop.object.max()).isEqualTo(80);
    assertThat(Ownership.names(shop.object.live().managedFields(), "maxReplicas"))
        .isEqualTo("kubectl-edit");
  }

  @Test
  void aLimitThatUsherRaisedGoesBackAlsoWhereAPersonsFloorStands() {
    for (Floors play : List.of(shop, new Floors(Scaled.scaledObject(40)))) {
      play.wantsAndMay(50, 60).looks();
      play.object.write("kubectl-edit", new JsonObject().put(play.minField(), 12));
      assertThat(play.looks()).isEqualTo(FloorStanding.CHANGED_BY_OTHERS);
      assertThat(play.object.max()).isEqualTo(50);
      assertThat(play.wantsNothing().looks()).isEqualTo(FloorStanding.ENOUGH);
      assertThat(play.object.min()).isEqualTo(12);
      assertThat(play.object.max()).isEqualTo(40);
      JsonArray managed = play.object.live().managedFields();
      assertThat(Ownership.names(managed, play.minField())).isEqualTo("kubectl-edit");
      assertThat(Ownership.names(managed, play.maxField())).isEqualTo(Scaled.HELM);
      assertThat(Ownership.ushers(managed)).isEmpty();
    }
  }

  @Test
  void aLimitThatUsherRaisedGoesBackIfAPersonsFloorComesWhenNothingIsWantedAnyMore() {
    shop.wantsAndMay(50, 60).looks();
    shop.wantsNothing().after(MINUTE).looks();
    shop.object.write("kubectl-edit", min(12));
    assertThat(shop.looks()).isEqualTo(FloorStanding.ENOUGH);
    assertThat(shop.object.min()).isEqualTo(12);
    assertThat(shop.object.max()).isEqualTo(40);
  }

  @Test
  void aLimitThatUsherRaisedGoesBackAlsoAfterAFight() {
    shop.wantsAndMay(50, 60).looks();
    for (int i = 0; i < 3; i++) {
      shop.object.write("argocd-controller", min(2));
      shop.looks();
    }
    assertThat(shop.looks()).isEqualTo(FloorStanding.PUT_BACK_AGAIN);
    shop.wantsNothing().looks();
    assertThat(shop.object.min()).isEqualTo(2);
    assertThat(shop.object.max()).isEqualTo(40);
    assertThat(shop.object.live().hasNote()).isFalse();
  }

  @Test
  void aLimitThatWasLeftOutIsLeftOutAgainWhereAPersonsFloorStands() {
    Floors keda = new Floors(Scaled.of("keda.sh/v1alpha1", "ScaledObject", new JsonObject()));
    keda.wantsAndMay(150, 200).looks();
    assertThat(keda.object.max()).isEqualTo(150);
    keda.object.write("kubectl-edit", new JsonObject().put("minReplicaCount", 12));
    keda.looks();
    keda.wantsNothing().looks();
    assertThat(keda.object.live().max()).isNull();
    assertThat(keda.object.min()).isEqualTo(12);
  }

  @Test
  void aLimitThatAPersonsFloorNeedsStaysAndIsToldOf() {
    shop.wantsAndMay(50, 60).looks();
    shop.object.write("kubectl-edit", min(45));
    shop.looks();
    FloorStep step = shop.wantsNothing().decides();
    FloorLog.made("shop", shop.object.live(), step);
    assertThat(log.said())
        .containsExactly(
            "WARN floor_limit_stays [upstream=\"shop\", object=\"HorizontalPodAutoscaler"
                + " tickets/shop\", floor=\"45\", limit=\"50\", was=\"40\"]",
            "INFO floor_given_back [upstream=\"shop\", object=\"HorizontalPodAutoscaler"
                + " tickets/shop\", floor=\"45\"]");
    shop.looks();
    assertThat(shop.object.min()).isEqualTo(45);
    assertThat(shop.object.max()).isEqualTo(50);
    assertThat(shop.object.live().hasNote()).isFalse();
    assertThat(Ownership.names(shop.object.live().managedFields(), "maxReplicas"))
        .isEqualTo(Scaled.HELM);
  }

  @Test
  void aLimitThatAPersonSetTwiceIsThePersonsAlsoIfItIsWhatUsherHadSet() {
    shop.wantsAndMay(50, 60).looks();
    shop.object.write("kubectl-edit", max(80));
    shop.wantsAndMay(55, 60).looks();
    shop.wantsAndMay(45, 60).looksFor(LONG);
    shop.object.write("kubectl-edit", max(50));
    shop.wantsNothing().looksFor(LONG);
    assertThat(shop.object.min()).isEqualTo(2);
    assertThat(shop.object.max()).isEqualTo(50);
  }

  @Test
  void theRaisedLimitIsNeverTakenForTheOriginalEither() {
    shop.wantsAndMay(50, 60).looks();
    shop.object.withoutNote();
    shop.object.write("kubectl-edit", min(2));
    assertThat(shop.wantsAndMay(55, 60).looks()).isEqualTo(FloorStanding.NOTE_LOST);
    FloorNews.Trouble said =
        Objects.requireNonNull(
            FloorTrouble.of(FloorStanding.NOTE_LOST, shop.object.live(), Wanted.NOTHING));
    assertThat(said.fix()).startsWith("set maxReplicas to what should be there");
    shop.object.write("kubectl-edit", max(40));
    assertThat(shop.looks()).isEqualTo(FloorStanding.RAISED);
    assertThat(shop.noted().was()).isEqualTo(new FloorNote.Size(2, 40));
  }

  @Test
  void anUninstallGivesTheLimitBackAlsoWhereAPersonsFloorStands() {
    for (boolean seen : List.of(false, true)) {
      Floors play = new Floors(Scaled.hpa(2, 40));
      play.wantsAndMay(50, 60).looks();
      play.object.write("kubectl-edit", min(12));
      if (seen) {
        play.looks();
      }
      for (int i = 0; i < 3; i++) {
        play.object.make(FloorDecision.giveBack(play.object.live(), play.now()));
      }
      assertThat(play.object.min()).isEqualTo(12);
      assertThat(play.object.max()).isEqualTo(40);
      assertThat(play.object.live().hasNote()).isFalse();
    }
  }
}
