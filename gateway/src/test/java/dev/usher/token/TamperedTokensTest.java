package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Place;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** A forged, altered, expired or borrowed token is no token, and a good one is one. */
class TamperedTokensTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final Duration LIFE = Duration.ofHours(1);
  private static final int TEXTS_A_TRY = 600;
  private static long tried;

  private final Keys keys = twoKeys();
  private final Tickets tickets = new Tickets(keys, LIFE);
  private final Passes passes = new Passes(keys);
  private final Tickets strangersTickets = new Tickets(twoKeys(), LIFE);
  private final Passes strangersPasses = new Passes(twoKeys());

  /** The same ids with other secrets, each time. */
  private static Keys twoKeys() {
    SecureRandom chance = new SecureRandom();
    return Keys.parse("a" + secret(chance) + ",b" + secret(chance));
  }

  private static String secret(SecureRandom chance) {
    String key = Keys.newKey(chance);
    return key.substring(key.indexOf(':'));
  }

  @AfterContainer
  static void atLeastAMillionWereTried() {
    assertThat(tried).isGreaterThanOrEqualTo(1_000_000);
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void onlyTheUnalteredTicketOfThisRoomIsAccepted(@ForAll long seed) {
    Random chance = new Random(seed);
    Ticket ticket = ticket(chance);
    String room = ticket.place().room();
    String good = tickets.sign(ticket);

    for (int i = 0; i < TEXTS_A_TRY; i++) {
      String bad = Tampering.ofTicket(good, chance);
      if (!bad.equals(good)) {
        refusedTicket(tickets, bad, room, NOW);
      }
    }
    refusedTicket(tickets, good, room + "x", NOW);
    refusedTicket(tickets, good, "x", NOW);
    refusedTicket(strangersTickets, good, room, NOW);
    refusedTicket(tickets, strangersTickets.sign(ticket), room, NOW);
    refusedTicket(tickets, good, room, ticket.renewedAt() + LIFE.toMillis());
    refusedTicket(tickets, passes.sign(pass(chance, room)), room, NOW);
    refusedTicket(tickets, tickets.signLink(ticket.moved(NOW)), room, NOW);

    assertThat(tickets.verify(good, room, NOW)).isEqualTo(ticket);
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void onlyTheUnalteredPassOfThisRoomIsAccepted(@ForAll long seed) {
    Random chance = new Random(seed);
    Pass pass = pass(chance, room(chance));
    String room = pass.place().room();
    String good = passes.sign(pass);

    // Before and after the good one is remembered.
    for (int i = 0; i < TEXTS_A_TRY; i++) {
      if (i == TEXTS_A_TRY / 2) {
        assertThat(passes.verify(good, room, NOW)).isEqualTo(pass);
      }
      String bad = Tampering.ofPass(good, chance);
      if (!bad.equals(good)) {
        refusedPass(passes, bad, room, NOW);
      }
    }
    refusedPass(passes, good, room + "x", NOW);
    refusedPass(passes, good, "x", NOW);
    refusedPass(strangersPasses, good, room, NOW);
    refusedPass(passes, strangersPasses.sign(pass), room, NOW);
    refusedPass(passes, good, room, pass.expiresAt());
    refusedPass(passes, tickets.sign(ticket(chance)), room, NOW);

    assertThat(passes.verify(good, room, NOW)).isEqualTo(pass);
  }

  private static void refusedTicket(Tickets tickets, String token, String room, long now) {
    tried++;
    if (tickets.verify(token, room, now) != null) {
      throw new AssertionError("Accepted as a ticket of " + room + ": " + token);
    }
  }

  private static void refusedPass(Passes passes, String token, String room, long now) {
    tried++;
    if (passes.verify(token, room, now) != null) {
      throw new AssertionError("Accepted as a pass of " + room + ": " + token);
    }
  }

  private static Ticket ticket(Random chance) {
    long renewedAt = NOW - chance.nextInt((int) LIFE.toMillis());
    long lastShown = chance.nextBoolean() ? Long.MAX_VALUE : chance.nextInt(100_000);
    return new Ticket(place(chance, room(chance)), renewedAt, lastShown, chance.nextInt(3));
  }

  private static Pass pass(Random chance, String room) {
    long admittedAt = NOW - 1000L * chance.nextInt(3600);
    return new Pass(place(chance, room), admittedAt, NOW, NOW + 1000L * (1 + chance.nextInt(600)));
  }

  private static Place place(Random chance, String room) {
    int lane = chance.nextInt(Place.LANES_MAX);
    return new Place(room, 1L + chance.nextInt(1000), lane, 1L + chance.nextInt(10_000_000));
  }

  private static String room(Random chance) {
    return chance.nextInt(10) == 0 ? "r".repeat(62) : "room-" + chance.nextInt(1000);
  }
}
