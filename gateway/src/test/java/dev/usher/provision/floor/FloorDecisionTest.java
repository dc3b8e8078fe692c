package dev.usher.provision.floor;

import static dev.usher.provision.floor.Floors.min;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.provision.kubernetes.Fields;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A floor goes up at once, down slowly, and ends as it was: object by object, look by look. */
final class FloorDecisionTest {
  private static final Duration LONG = Duration.ofMinutes(40);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Floors shop = new Floors(Scaled.hpa(2, 40));

  @Test
  void nothingIsWrittenWhileTheFloorIsHighEnough() {
    assertThat(shop.wants(2).looks()).isEqualTo(FloorStanding.ENOUGH);
    assertThat(shop.object.live().hasNote()).isFalse();
  }

  @Test
  void theFloorIsRaisedAtOnceAndOnce() {
    assertThat(shop.wants(30).looks()).isEqualTo(FloorStanding.RAISED);
    assertThat(shop.object.min()).isEqualTo(30);
    assertThat(shop.object.max()).isEqualTo(40);
    assertThat(shop.decides().patch(shop.object.live())).isNull();
  }

  @Test
  void theValueAndWhatItWasAreWrittenTogether() {
    FloorStep step = shop.wants(30).decides();
    JsonObject patch = new JsonObject(String.valueOf(step.patch(shop.object.live())));
    assertThat(Fields.in(patch, "spec")).isEqualTo(min(30));
    assertThat(Fields.in(patch, "metadata").getString("resourceVersion")).isNotEmpty();
    String text = Fields.in(patch, "metadata", "annotations").getString(Live.NOTE);
    FloorNote note = Objects.requireNonNull(FloorNote.parse(text));
    assertThat(note.was()).isEqualTo(new FloorNote.Size(2, 40));
    assertThat(note.by()).isEqualTo(new FloorNote.By(Floors.USHER, "shop", 7));
    assertThat(note.times().why()).isEqualTo("queue");
  }

  @Test
  void afterwardsTheObjectIsAsItWas() {
    JsonObject before = shop.object.everything();
    shop.wants(30).looks();
    assertThat(Ownership.ushers(shop.object.live().managedFields())).contains("f:minReplicas");
    assertThat(shop.wantsNothing().looksFor(LONG)).isEqualTo(FloorStanding.ENOUGH);
    assertThat(shop.object.everything()).isEqualTo(before);
  }

  @Test
  void anOwnerThatHadNothingElseGetsItsEntryBack() {
    shop.object.write("kubectl-scale", min(3));
    JsonObject before = shop.object.everything();
    shop.wants(30).looks();
    assertThat(shop.object.everything().encode()).doesNotContain("\"manager\":\"kubectl-scale\"");
    shop.wantsNothing().looksFor(LONG);
    assertThat(shop.object.everything()).isEqualTo(before);
  }

  @Test
  void itGoesDownByATenthAMinute() {
    shop.wants(30).looks();
    shop.wantsNothing();
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < 30 && shop.object.min() > 2; i++) {
      shop.after(MINUTE).looks();
      sizes.add(shop.object.min());
      // A second look in the same minute takes no further step.
      shop.after(Duration.ofSeconds(5)).looks();
      assertThat(shop.object.min()).isEqualTo(sizes.get(i));
    }
    assertThat(sizes)
        .containsExactly(
            27, 25, 23, 21, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2);
  }

  @Test
  void whenFewerAreWantedItStopsThere() {
    shop.wants(30).looks();
    assertThat(shop.wants(20).looksFor(LONG)).isEqualTo(FloorStanding.RAISED);
    assertThat(shop.object.min()).isEqualTo(20);
    shop.wants(25).looks();
    assertThat(shop.object.min()).isEqualTo(25);
  }

  @Test
  void theLimitStaysUnlessTheOperatorAllowedMore() {
    assertThat(shop.wants(50).looks()).isEqualTo(FloorStanding.AT_LIMIT);
    assertThat(shop.object.min()).isEqualTo(40);
    assertThat(shop.object.max()).isEqualTo(40);
  }

  @Test
  void anAllowedLimitRisesInTheSamePatchAndGoesBack() {
    JsonObject before = shop.object.everything();
    FloorStep step = shop.wantsAndMay(50, 60).decides();
    JsonObject patch = new JsonObject(String.valueOf(step.patch(shop.object.live())));
    assertThat(Fields.in(patch, "spec")).isEqualTo(min(50).put("maxReplicas", 50));
    shop.looks();
    shop.wantsAndMay(55, 60).looks();
    assertThat(shop.object.max()).isEqualTo(55);
    shop.wantsNothing().looksFor(Duration.ofMinutes(60));
    assertThat(shop.object.everything()).isEqualTo(before);
  }

  @Test
  void anObjectThatIsFullOfPodsAlreadyIsOnlyToldOf() {
    Floors full = new Floors(Scaled.hpa(40, 40));
    assertThat(full.wants(50).looks()).isEqualTo(FloorStanding.AT_LIMIT);
    assertThat(full.object.live().hasNote()).isFalse();
  }

  @Test
  void aFieldThatWasLeftOutIsLeftOutAgain() {
    Floors keda = new Floors(Scaled.scaledObject(40));
    JsonObject before = keda.object.everything();
    keda.wants(30).looks();
    assertThat(keda.object.min()).isEqualTo(30);
    keda.wantsNothing().looksFor(LONG);
    assertThat(keda.object.everything()).isEqualTo(before);
    assertThat(keda.object.live().min()).isNull();
  }

  @Test
  void aDeploymentThatNothingScalesIsItsOwnFloor() {
    Floors plain = new Floors(Scaled.deployment(2));
    JsonObject before = plain.object.everything();
    assertThat(plain.wants(30).looks()).isEqualTo(FloorStanding.RAISED);
    assertThat(plain.object.min()).isEqualTo(30);
    plain.wantsNothing().looksFor(LONG);
    assertThat(plain.object.everything()).isEqualTo(before);
  }

  @Test
  void theSecondBeltWaitsForItsTimeButLetsNothingGoBefore() {
    assertThat(shop.waitsFor(30).looks()).isEqualTo(FloorStanding.PATIENT);
    assertThat(shop.object.min()).isEqualTo(2);
    shop.wants(30).looks();
    // The pods have come, so that nothing is late any more.
    assertThat(shop.waitsFor(30).looksFor(Duration.ofMinutes(5))).isEqualTo(FloorStanding.RAISED);
    assertThat(shop.object.min()).isEqualTo(30);
  }

  @Test
  void whereverItsReplicaDiesAnotherGoesOn() {
    JsonObject before = shop.object.everything();
    shop.wants(30).looksAndDies();
    assertThat(shop.looks()).isEqualTo(FloorStanding.RAISED);
    shop.wantsNothing().after(MINUTE);
    for (int i = 0; i < 100 && shop.object.live().hasNote(); i++) {
      shop.looksAndDies();
      shop.after(MINUTE);
    }
    assertThat(shop.object.everything()).isEqualTo(before);
  }

  @Test
  void betweenTheTwoLastRequestsNothingIsLost() {
    JsonObject before = shop.object.everything();
    shop.wants(3).looks();
    shop.wantsNothing().after(MINUTE);
    assertThat(shop.looksAndDies()).isEqualTo(FloorStanding.GIVING_BACK);
    assertThat(shop.object.min()).isEqualTo(2);
    assertThat(shop.object.everything()).isNotEqualTo(before);
    // Even if more are wanted again by now, what was begun is ended first.
    shop.wants(30).looksAndDies();
    assertThat(shop.object.everything()).isEqualTo(before);
    shop.looks();
    assertThat(shop.object.min()).isEqualTo(30);
    assertThat(shop.noted().was().min()).isEqualTo(2);
  }

  @Test
  void anEarlierLeaderThatComesToWritesNothing() {
    shop.ledByAnother().wants(30).looks();
    assertThat(shop.ledByTheLastOne().wants(35).looks()).isEqualTo(FloorStanding.OUTRUN);
    assertThat(shop.object.min()).isEqualTo(30);
  }

  @Test
  void whoComesBackAfterADayBeginsToGoDownAtOnce() {
    shop.wants(30).looks();
    shop.after(Duration.ofDays(1)).ledByAnother().wantsNothing().looks();
    assertThat(shop.object.min()).isEqualTo(27);
  }

  @Test
  void aClockThatWasSetBackHoldsNothingUp() {
    shop.wants(30).looks();
    shop.after(Duration.ofDays(-1)).wantsNothing().looks();
    assertThat(shop.object.min()).isEqualTo(27);
  }

  @Test
  void atAnUninstallEverythingGoesBackInOneLook() {
    JsonObject before = shop.object.everything();
    shop.wantsAndMay(50, 60).looks();
    for (int i = 0; i < 3; i++) {
      shop.object.make(FloorDecision.giveBack(shop.object.live(), shop.now()));
    }
    assertThat(shop.object.everything()).isEqualTo(before);
  }
}
