package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People gather before an opening: all get their numbers, and nobody comes in before it. */
@Over(
    value = Way.class,
    smoke = true,
    only = {"HTTP_1", "HTTP_2", "HTTP_2_LATE_STORE"})
class PreQueueTest extends EveryWay {
  @TempDir private Path elsewhere = Path.of(".");

  private static int ahead(Guest guest) {
    return guest.place().json().getInteger("ahead", -1);
  }

  @Test
  void whoGathersIsLetInAtTheOpeningInTheOrderOfArrivalAndNobodyBefore() {
    String shop = way().listen("") + Stage.shop(stage().pod(), 2);
    LocalDateTime later = SaleTimes.inSeconds(3600);
    LiveFile file = new LiveFile(stage(), elsewhere, shop + SaleTimes.gathering(later));
    int port = file.port();
    List<Guest> guests = IntStream.range(0, 4).mapToObj(i -> guest(port)).toList();
    for (int i = 0; i < guests.size(); i++) {
      Guest guest = guests.get(i);
      Reply page = guest.opens("/");
      assertThat(page.state()).isEqualTo("waiting");
      assertThat(page.body()).contains(SaleTimes.SAID).contains("(UTC)");
      int before = i;
      Stage.until("each knows the place", () -> ahead(guest) == before);
      JsonObject place = guest.place().json();
      assertThat(place.getString("state")).isEqualTo("waiting");
      assertThat(place.getString("opensAt")).isEqualTo(later.toInstant(ZoneOffset.UTC).toString());
      assertThat(place.getBoolean("paused")).isNull();
      assertThat(place.getLong("opensInSeconds")).isBetween(1L, 3601L);
    }
    // A script or an image without a ticket is no newcomer, and the free places are not for it.
    assertThat(guest(port).fetches("/api").status()).isEqualTo(429);

    LocalDateTime opensAt = SaleTimes.inSeconds(5);
    LiveFile.write(elsewhere.resolve("gateway.yaml"), shop + SaleTimes.gathering(opensAt));
    SaleTimes.nobodyComesInBefore(opensAt, guests);
    guests.get(0).comesIn("/");
    guests.get(1).comesIn("/");
    assertThat(guests.get(2).opens("/").state()).isEqualTo("waiting");
    assertThat(guests.get(2).place().json().getString("opensAt")).isNull();
    guests.get(0).posts("/_usher/leave");
    guests.get(2).comesIn("/");
    assertThat(guests.get(3).opens("/").state()).isEqualTo("waiting");
  }

  @Test
  void beforePeopleGatherAndWithoutThatTheRoomIsOpen() {
    LocalDateTime later = SaleTimes.inSeconds(3600);
    String rooms =
        "rooms: {concert: {events: ["
            + SaleTimes.event(later, ", preQueueAt: '" + later.minusMinutes(30) + "'")
            + ", "
            + SaleTimes.event(later.plusDays(1), "")
            + "]}}";
    int port = stage().gateway(Stage.shop(stage().pod(), 2) + rooms).port();
    guest(port).comesIn("/");
    guest(port).comesIn("/");
    Reply waits = guest(port).opens("/");
    assertThat(waits.state()).isEqualTo("waiting");
    assertThat(waits.body()).doesNotContain(SaleTimes.SAID);
  }

  @Test
  void anOpeningIsTakenOverFromTheFileAndTakenBack() {
    String shop = way().listen("") + Stage.shop(stage().pod(), 1);
    LiveFile file = new LiveFile(stage(), elsewhere, shop + "rooms: {concert: {}}");
    Path written = elsewhere.resolve("gateway.yaml");
    Guest inside = guest(file.port());
    inside.comesIn("/");
    Guest next = guest(file.port());
    assertThat(next.opens("/").body()).doesNotContain(SaleTimes.SAID);
    LiveFile.write(written, shop + SaleTimes.gathering(SaleTimes.inSeconds(3600)));
    Stage.until("people gather", () -> next.opens("/").body().contains(SaleTimes.SAID));
    assertThat(inside.fetches("/api").body()).isEqualTo("in"); // who is inside stays
    inside.posts("/_usher/leave");
    assertThat(next.opens("/").state()).isEqualTo("waiting");
    LiveFile.write(written, shop + "rooms: {concert: {}}");
    next.comesIn("/");
  }
}
