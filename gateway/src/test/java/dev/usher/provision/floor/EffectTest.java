package dev.usher.provision.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A floor that was written is not yet one that anybody keeps. */
final class EffectTest {
  private static @Nullable String missing(Floors play, @Nullable JsonObject counting) {
    return Effect.missing(play.object.live(), counting, play.now());
  }

  private static JsonObject hpa(int min, int desired) {
    return new JsonObject()
        .put("spec", new JsonObject().put("minReplicas", min))
        .put("status", new JsonObject().put("desiredReplicas", desired));
  }

  @Test
  void kedaHasTenSecondsToPassItOn() {
    Floors keda = new Floors(Scaled.scaledObject(40));
    keda.wants(30).looks();
    assertThat(missing(keda.after(Duration.ofSeconds(10)), hpa(2, 2))).isNull();
    assertThat(missing(keda.after(Duration.ofSeconds(1)), hpa(2, 2)))
        .isEqualTo("KEDA must have passed on minReplicaCount, 30, to its HPA but that has 2");
    assertThat(missing(keda, null)).endsWith("but has made none");
    assertThat(missing(keda, hpa(30, 2))).isNull();
  }

  @Test
  void afterThirtySecondsSoManyPodsAreAskedFor() {
    Floors shop = new Floors(Scaled.hpa(2, 40));
    shop.wants(30).looks();
    assertThat(missing(shop.after(Duration.ofSeconds(30)), hpa(30, 2))).isNull();
    assertThat(missing(shop.after(Duration.ofSeconds(1)), hpa(30, 2)))
        .isEqualTo("30 pods must be asked for within 30 s but 2 are");
    assertThat(missing(shop, hpa(30, 30))).isNull();
  }

  @Test
  void aDeploymentCountsThePodsThatItMade() {
    Floors plain = new Floors(Scaled.deployment(2));
    plain.wants(30).looks();
    JsonObject made = new JsonObject().put("status", new JsonObject().put("replicas", 30));
    assertThat(missing(plain.after(Duration.ofMinutes(1)), made)).isNull();
  }

  @Test
  void whatWasNotRaisedNeedsNoEffect() {
    Floors shop = new Floors(Scaled.hpa(2, 40));
    assertThat(missing(shop.after(Duration.ofHours(1)), hpa(2, 0))).isNull();
  }

  @Test
  void whatKedaSaysOfItselfIsPartOfTheRemedy() {
    JsonObject object = Scaled.scaledObject(40).live().object().copy();
    JsonObject ready =
        new JsonObject()
            .put("type", "Ready")
            .put("status", "False")
            .put("message", "failed to ensure HPA");
    object.put("status", new JsonObject().put("conditions", JsonArray.of(ready)));
    assertThat(Effect.fix(new Live(object))).contains("(it says: failed to ensure HPA)");
    ready.put("status", "True");
    assertThat(Effect.fix(new Live(object))).doesNotContain("it says");
  }
}
