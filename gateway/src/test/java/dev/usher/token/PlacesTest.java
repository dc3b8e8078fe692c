package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Place;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PlacesTest {
  @Property
  void everyPlaceComesBackFromItsSessionId(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long epoch,
      @ForAll @IntRange(min = 0, max = 15) int lane,
      @ForAll @LongRange(min = 1, max = Place.NUMBER_MAX) long number) {
    Place place = new Place("concert", epoch, lane, number);

    assertThat(Places.parse("concert", Places.sessionId(place))).isEqualTo(place);
  }

  @Property
  void whateverIsReadIsWrittenTheSameWay(@ForAll String text) {
    Place place = Places.parse("concert", text);

    assertThat(place == null ? text : Places.sessionId(place)).isEqualTo(text);
  }

  @Test
  void noOtherTextIsASession() {
    String[] others = {
      "",
      ".",
      "..",
      "1",
      "1.0",
      "1.0.",
      ".0.1",
      "1..1",
      "1.0.1.",
      "1.0.1.1",
      "01.0.1",
      "1.00.1",
      "1.0.01",
      "0.0.1",
      "1.16.1",
      "1.0.0",
      "1.0.2147000001",
      "-1.0.1",
      "+1.0.1",
      "1.0.1 ",
      " 1.0.1",
      "1.0.\u0661",
      "9223372036854775808.0.1",
      "9999999999999999999.0.1",
      "18446744073709551617.0.1",
      "1.9223372036854775808.1",
      "1.4294967296.1",
      "1.0.4294967297"
    };
    for (String other : others) {
      assertThat(Places.parse("concert", other)).as(other).isNull();
    }
  }
}
