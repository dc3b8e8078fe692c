package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import dev.usher.house.Wait;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Places that come free are filled soon. A poll is told to be 1 s to 1.25 s after the last. These
 * guests connect anew for each poll, and by TLS the handshakes alone would take what time there is.
 */
@Over(
    value = Way.class,
    only = {"HTTP_1"})
class FullHouseTest extends EveryWay {
  private static final String ROOM = "rooms: {concert: {offer: 2s, poll: {min: 1s, max: 1s}}}";

  @Test
  @Tag("alone")
  void aHundredPlacesFreedAtOnceAreFilledWithinTenSecondsAndTwoPolls() {
    int port = stage().gateway(Stage.shop(stage().pod(), 100) + ROOM).port();
    List<Guest> inside = arrive(port, 100, "admitted");
    List<Guest> waiting = arrive(port, 120, "waiting");
    inside.forEach(guest -> guest.posts("/_usher/leave"));
    assertThat(comeIn(waiting, 10)).isEqualTo(100);
    assertThat(waiting.subList(0, 100))
        .allMatch(guest -> guest.place().body().contains("admitted"));
  }

  @Test
  void theHeadOfTheLineLeavingStallsNobody() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM).port();
    List<Guest> inside = arrive(port, 1, "admitted");
    List<Guest> waiting = arrive(port, 3, "waiting");
    waiting.get(0).posts("/_usher/leave");
    inside.get(0).posts("/_usher/leave");
    assertThat(comeIn(waiting.subList(1, 3), 2)).isEqualTo(1);
    assertThat(waiting.get(1).place().body()).contains("admitted");
  }

  @Test
  void whoIsCalledAndDoesNotComeHoldsUpTheNextNoLongerThanTheOffer() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM).port();
    List<Guest> inside = arrive(port, 1, "admitted");
    List<Guest> waiting = arrive(port, 2, "waiting");
    inside.get(0).posts("/_usher/leave");
    Guest absent = waiting.get(0);
    Stage.until("the first is called", () -> absent.place().body().contains("called"));
    Guest next = waiting.get(1);
    Stage.until("the next comes in", () -> "admitted".equals(next.opens("/").state()));
    // Who missed the turn keeps the right to the next free place.
    assertThat(absent.opens("/").state()).isEqualTo("waiting");
    next.posts("/_usher/leave");
    absent.comesIn("/");
  }

  private List<Guest> arrive(int port, int count, String state) {
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Guest guest = guest(port);
      // A house fills within ten seconds, not at once.
      Stage.until(state, () -> state.equals(guest.opens("/").state()));
      guests.add(guest);
    }
    return guests;
  }

  /** How many are inside after so many polls each, as far apart as visitors are told. */
  private static int comeIn(List<Guest> guests, int polls) {
    int admitted = 0;
    for (int poll = 0; poll < polls; poll++) {
      Wait.pause(1250);
      admitted = 0;
      for (Guest guest : guests) {
        if ("admitted".equals(guest.opens("/").state())) {
          admitted++;
        }
      }
    }
    return admitted;
  }
}
