package dev.usher.provision.floor;

import static dev.usher.provision.floor.Floors.min;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * An object that scales the pods of two upstreams has the larger of both floors: what one has
 * raised the other may raise, and neither lower nor end.
 */
final class FloorSharedTest {
  private static final Duration LONG = Duration.ofMinutes(40);
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Floors shop = new Floors(Scaled.hpa(2, 40));
  private final Floors api = shop.beside("api");

  /** The floors that both see while each looks every five seconds for so long. */
  private List<Integer> bothLookFor(Duration time) {
    List<Integer> seen = new ArrayList<>();
    for (long i = 0; i < time.toSeconds(); i += LOOK.toSeconds()) {
      shop.after(LOOK).looks();
      seen.add(shop.object.min());
      api.after(LOOK).looks();
      seen.add(shop.object.min());
    }
    return seen;
  }

  private String version() {
    return shop.object.live().meta("resourceVersion");
  }

  @Test
  void whoWantsFewerLowersNothingThoughItsTermIsTheLater() {
    shop.wants(30).looks();
    String before = version();
    api.wants(3);
    assertThat(bothLookFor(LONG)).containsOnly(30);
    assertThat(shop.looks()).isEqualTo(FloorStanding.RAISED);
    assertThat(api.looks()).isEqualTo(FloorStanding.SHARED);
    assertThat(version()).as("nothing was written").isEqualTo(before);
  }

  @Test
  void whoWantsMoreRaisesItAndWhatItWasIsKnownStill() {
    JsonObject before = shop.object.everything();
    api.wants(3).looks();
    assertThat(shop.wants(30).looks()).isEqualTo(FloorStanding.RAISED);
    assertThat(shop.noted().by().upstream()).isEqualTo("shop");
    assertThat(api.looks()).isEqualTo(FloorStanding.SHARED);
    shop.wantsNothing();
    api.wantsNothing();
    bothLookFor(LONG);
    assertThat(shop.object.everything()).isEqualTo(before);
  }

  @Test
  void itGoesDownToWhatTheOtherWantsAndStaysThere() {
    shop.wants(30).looks();
    api.wants(20);
    bothLookFor(LONG);
    shop.wants(10);
    // A step may go below what the other wants, which raises it at its next look.
    assertThat(bothLookFor(LONG)).allMatch(floor -> floor >= 19);
    assertThat(shop.object.min()).isEqualTo(20);
    String before = version();
    bothLookFor(LONG);
    assertThat(version()).as("nothing goes up and down").isEqualTo(before);
    assertThat(api.looks()).isEqualTo(FloorStanding.RAISED);
    assertThat(shop.looks()).isEqualTo(FloorStanding.SHARED);
  }

  @Test
  void itIsAsItWasWhenNeitherWantsIt() {
    for (boolean shopEndsFirst : List.of(true, false)) {
      JsonObject before = shop.object.everything();
      shop.wantsAndMay(50, 60).looks();
      api.wantsAndMay(55, 60).looks();
      (shopEndsFirst ? shop : api).wantsNothing();
      bothLookFor(LONG);
      assertThat(shop.object.min()).isEqualTo(shopEndsFirst ? 55 : 50);
      (shopEndsFirst ? api : shop).wantsNothing();
      bothLookFor(LONG);
      assertThat(shop.object.everything()).isEqualTo(before);
    }
  }

  @Test
  void whatWasRaisedForOneThatIsGoneServesTheOtherAsItGoesDown() {
    shop.wants(30).looks();
    api.wants(20);
    // Whoever sweeps looks in the name of the one that is gone, and wants nothing.
    shop.wantsNothing();
    bothLookFor(LONG);
    assertThat(shop.object.min()).isEqualTo(20);
    assertThat(shop.noted().by().upstream()).isEqualTo("api");
  }

  @Test
  void aPersonsFloorThatOneWasStoppedByIsNotLetGoOfByTheOther() {
    shop.wants(30).looks();
    shop.object.write("kubectl-edit", min(12));
    assertThat(api.wants(3).looks()).isEqualTo(FloorStanding.SHARED);
    assertThat(api.wantsNothing().looks()).isEqualTo(FloorStanding.SHARED);
    assertThat(shop.looks()).isEqualTo(FloorStanding.CHANGED_BY_OTHERS);
    assertThat(api.looks()).isEqualTo(FloorStanding.SHARED);
    assertThat(api.wants(20).looks()).isEqualTo(FloorStanding.CHANGED_BY_OTHERS);
    assertThat(shop.object.min()).isEqualTo(12);
    assertThat(shop.object.live().hasNote()).isTrue();
  }

  @Test
  void aFightThatOneGaveUpIsNotBegunAnewByTheOther() {
    shop.wants(30).looks();
    for (int i = 0; i < 3; i++) {
      shop.object.write("argocd-controller", min(2));
      shop.looks();
    }
    assertThat(api.wants(20).looksFor(LONG)).isEqualTo(FloorStanding.PUT_BACK_AGAIN);
    assertThat(api.wantsNothing().looks()).isEqualTo(FloorStanding.SHARED);
    assertThat(shop.object.min()).isEqualTo(2);
  }

  @Test
  void whatOneIsGivingBackTheOtherRaisesAfterwards() {
    shop.wants(3).looks();
    shop.wantsNothing().after(Duration.ofMinutes(1));
    shop.object.make(shop.decides());
    assertThat(api.wants(20).looks()).isEqualTo(FloorStanding.GIVING_BACK);
    shop.looks();
    assertThat(api.looks()).isEqualTo(FloorStanding.RAISED);
    assertThat(shop.object.min()).isEqualTo(20);
  }

  @Test
  void theSecondBeltIsAsPatientWhereAnotherHasRaisedIt() {
    shop.wants(30).looks();
    assertThat(api.waitsFor(35).looks()).isEqualTo(FloorStanding.PATIENT);
    assertThat(shop.object.min()).isEqualTo(30);
    assertThat(api.wants(35).looks()).isEqualTo(FloorStanding.RAISED);
    assertThat(shop.object.min()).isEqualTo(35);
    shop.wants(40).looks();
    assertThat(api.wants(50).looks()).isEqualTo(FloorStanding.AT_LIMIT);
  }

  @Test
  void whoFindsItRaisedByTheOtherSaysSo() {
    shop.wants(30).looks();
    api.wants(3).looks();
    FloorNews.Trouble said =
        Objects.requireNonNull(
            FloorTrouble.of(FloorStanding.SHARED, shop.object.live(), Wanted.NOTHING));
    assertThat(said.problem())
        .isEqualTo(
            "Upstream shop of this Usher has raised it: both have the same pods, and each counts"
                + " all of them as its own, so there are as many as one of them wants, not both");
    assertThat(said.fix()).startsWith("make them one upstream with a room for each");
    assertThat(FloorStanding.SHARED.isTrouble()).isTrue();
  }
}
