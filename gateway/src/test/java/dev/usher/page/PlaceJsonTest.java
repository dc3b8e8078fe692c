package dev.usher.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sale.Countdown;
import dev.usher.sale.Opening;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceJsonTest {
  private static JsonObject told(Standing.Halt halt, @Nullable Countdown countdown) {
    Standing standing =
        new Standing(Standing.State.WAITING, 3, 2500, halt, countdown, false, "", null);
    String json = new String(new PlaceJson("concert").write(standing), StandardCharsets.UTF_8);
    assertThat(json).endsWith("}\n");
    return new JsonObject(json);
  }

  @ParameterizedTest
  @CsvSource({"NONE,,,", "PAUSED,true,,", "FAULT,true,true,", "NO_POD,,,true"})
  void whyNobodyComesInIsToldAndWhetherItIsAFaultOrAWish(
      Standing.Halt halt, @Nullable Boolean paused, @Nullable Boolean fault, @Nullable Boolean no) {
    JsonObject place = told(halt, null);
    assertThat(place.getBoolean("paused")).isEqualTo(paused);
    assertThat(place.getBoolean("fault")).isEqualTo(fault);
    assertThat(place.getBoolean("closed")).isEqualTo(no);
  }

  @ParameterizedTest
  @CsvSource({"5000,5", "4001,5", "1,1", "0,0", "-3000,0", "86400000000,86400000"})
  void whatIsLeftUntilTheOpeningIsToldInWholeSecondsThatContainIt(long millis, long seconds) {
    Opening sale = new Opening(0, 1, "2027-05-07T08:00:00Z", LocalDate.of(2027, 5, 7), "10:00");
    JsonObject place = told(Standing.Halt.NONE, new Countdown(sale, millis));
    assertThat(place.getString("opensAt")).isEqualTo("2027-05-07T08:00:00Z");
    assertThat(place.getLong("opensInSeconds")).isEqualTo(seconds);
  }

  @Test
  void inAnOpenRoomNothingIsSaidOfAnOpening() {
    assertThat(told(Standing.Halt.NONE, null).fieldNames())
        .containsExactly("room", "state", "position", "ahead", "retryAfterSeconds");
  }
}
