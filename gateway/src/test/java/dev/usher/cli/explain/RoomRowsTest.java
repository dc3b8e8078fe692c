package dev.usher.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoomRowsTest {
  private static JsonObject room() {
    return new JsonObject()
        .put("room", "concert")
        .put("waiting", 1240)
        .put("inside", 1)
        .put("asking", 0)
        .put("paused", false)
        .put("store", "good")
        .put("standingBy", 0)
        .putNull("cutOffForSeconds");
  }

  private static String rows(JsonObject room) {
    return RoomRows.of(List.of(room));
  }

  @Test
  void whoIsCalledAndFindsNoPlaceIsCountedApart() {
    assertThat(rows(room())).isEqualTo("Room concert: 1,240 wait, 1 is inside.\n");
    assertThat(rows(room().put("asking", 2)))
        .isEqualTo("Room concert: 1,240 wait, 2 are called and find no place, 1 is inside.\n");
  }

  @Test
  void aCrowdThatIsCutOffIsNamedAndWhereToLook() {
    assertThat(rows(room().put("cutOffForSeconds", 84.5)))
        .contains("Hardly any of those who wait has been seen for 85 s: look at what is before");
  }

  @Test
  void whyNobodyHasANumberAfterALossIsToldOnceTheStoreIsWell() {
    assertThat(rows(room().put("standingBy", 3)))
        .contains("3 stand by here for a number. The store had lost the line");
    assertThat(rows(room().put("standingBy", 3).put("store", "away"))).doesNotContain("stand by");
  }

  @Test
  void aPausedRoomSaysSo() {
    assertThat(rows(room().put("paused", true))).contains("It is paused");
  }
}
