package dev.usher.cli.wait;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingWordsTest {
  private static JsonObject waiting() {
    return new JsonObject().put("state", "waiting").put("ahead", 1240);
  }

  private static String say(JsonObject place) {
    return StandingWords.of(new ToldPlace(200, place, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 60, less than a minute",
    "50, 61, about 1 to 2 min",
    "299, 481, about 4 to 9 min",
    "480, 480, about 7 to 8 min",
    "1000, 1261, about 16 to 25 min",
    "1500, 1501, about 25 to 30 min"
  })
  void theWaitIsSaidInWholeMinutesThatContainIt(int from, int to, String words) {
    assertThat(say(waiting().put("waitFromSeconds", from).put("waitToSeconds", to)))
        .isEqualTo("1240 are ahead of you. It takes " + words + ".");
  }

  @Test
  void beforeAnOpeningItIsWhatFollowsIt() {
    JsonObject place = waiting().put("opensAt", "2026-06-12T08:00:00Z");
    assertThat(say(place.copy().put("waitFromSeconds", 60).put("waitToSeconds", 120)))
        .isEqualTo(
            "1240 are ahead of you. It opens at 2026-06-12T08:00:00Z. After that it takes about 1"
                + " to 2 min.");
    assertThat(say(place)).isEqualTo("1240 are ahead of you. It opens at 2026-06-12T08:00:00Z.");
  }

  @Test
  void whatCannotBeToldIsLeftOut() {
    assertThat(say(waiting().put("message", "Back soon")))
        .isEqualTo("1240 are ahead of you. The organiser says: Back soon");
  }
}
