package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.Replica;
import dev.usher.room.Decision.TurnAway;
import dev.usher.token.ArrivalTicket;
import dev.usher.token.InLine;
import dev.usher.token.Keys;
import dev.usher.token.Ticket;
import dev.usher.token.Tickets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A sale for which people wait for days, with tickets as they go over the wire. */
final class SaleOfDaysTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int DAYS = 3;

  private final Stage stage = new Stage();
  private final FlakyQueueStore store = new FlakyQueueStore(stage.store.seenBy("one"), 1);
  private final Replica one =
      new Replica(Stage.POLICY, store, () -> stage.capacity, () -> stage.now);
  private final Tickets tickets = new Tickets(Keys.random(new SecureRandom()), Duration.ofDays(1));

  /** What each sent last, and how often they were sent something new. */
  private final Map<Guest, String> sent = new HashMap<>();

  private final Map<Guest, Integer> signed = new HashMap<>();

  /** One poll: what the guest carries is read and, where it is new, signed, as the edge does. */
  private Decision poll(Guest guest, Intent intent) {
    String text = sent.get(guest);
    InLine shown = text == null ? null : tickets.verify(text, "concert", stage.now);
    guest.ticket = shown instanceof Ticket ticket ? ticket : null;
    guest.arrival = shown instanceof ArrivalTicket arrival ? arrival : null;
    Decision said = guest.ask(one, intent);
    InLine given = guest.ticket == null ? guest.arrival : guest.ticket;
    if (given != null && !given.equals(shown)) {
      sent.put(guest, tickets.sign(given));
      signed.merge(guest, 1, Integer::sum);
    }
    return said;
  }

  private void minute() {
    one.tryToTick();
    stage.pass(Duration.ofMillis(200));
    one.tryToTick();
    stage.pass(MINUTE);
  }

  private void open(long capacity) {
    stage.capacity = capacity;
    for (int i = 0; i < 20; i++) {
      one.tryToTick();
      stage.pass(Duration.ofMillis(200));
    }
  }

  @Test
  void whoWaitsForThreeDaysComesInInOrderOfArrival() {
    open(0);
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < DAYS * 24 * 60; i++) {
      if (i % (6 * 60) == 0) {
        guests.add(new Guest());
        poll(guests.get(guests.size() - 1), Intent.NAVIGATE);
      }
      int calls = store.calls;
      guests.forEach(
          guest -> assertThat(poll(guest, Intent.LOOK)).isInstanceOf(Decision.Wait.class));
      assertThat(store.calls).isEqualTo(calls);
      minute();
    }
    for (int i = 0; i < guests.size(); i++) {
      assertThat(Objects.requireNonNull(guests.get(i).ticket).place().number()).isEqualTo(i + 1);
    }
    // Signed when they came, when they were told first, and about once an hour.
    assertThat(signed.get(guests.get(0))).isBetween(60, DAYS * 24 + 3);
    for (int i = 0; i < guests.size(); i++) {
      open(i + 1);
      Guest next = guests.get(i);
      assertThat(poll(next, Intent.NAVIGATE)).isInstanceOf(Decision.Admit.class);
      guests.subList(0, i + 1).forEach(in -> in.ask(one, Intent.ENTER));
      guests.subList(i + 1, guests.size()).forEach(waiting -> poll(waiting, Intent.LOOK));
    }
  }

  @Test
  void whoCameWhileTheStoreWasAwayForThirtyHoursGetsANumberInOrderOfArrival() {
    open(0);
    store.away = true;
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < 30 * 60; i++) {
      if (i % 600 == 1) {
        guests.add(new Guest());
        poll(guests.get(guests.size() - 1), Intent.NAVIGATE);
      }
      guests.forEach(guest -> poll(guest, Intent.LOOK));
      minute();
    }
    store.away = false;
    open(0);
    for (int i = 0; i < guests.size(); i++) {
      poll(guests.get(i), Intent.LOOK);
      assertThat(guests.get(i).ticket).as("guest %d of %d", i, guests.size()).isNotNull();
    }
    assertThat(guests.stream().map(g -> Objects.requireNonNull(g.ticket).place().number()).toList())
        .isSorted();
  }

  @Test
  void aTicketThatWasUsedIsNotRenewedByLookingAtIt() {
    open(1);
    Guest first = new Guest();
    poll(first, Intent.NAVIGATE);
    Guest next = new Guest();
    poll(next, Intent.NAVIGATE);
    Ticket used = Objects.requireNonNull(next.ticket);
    open(2);
    assertThat(poll(next, Intent.NAVIGATE)).isInstanceOf(Decision.Admit.class);
    sent.put(next, tickets.sign(used));
    next.pass = null;
    for (int hour = 0; hour < 25; hour++) {
      poll(next, Intent.LOOK);
      stage.pass(Duration.ofHours(1));
      open(2);
    }
    assertThat(poll(next, Intent.LOOK)).isInstanceOf(TurnAway.class);
  }
}
