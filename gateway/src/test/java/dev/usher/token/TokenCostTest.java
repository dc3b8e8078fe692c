package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Place;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What tokens cost on the path of every request; the bounds leave room for busy machines. */
@Tag("alone")
class TokenCostTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final Place PLACE = new Place("concert", 3, 1, 4711);

  private final Keys keys = Keys.random(new SecureRandom());
  private final Tickets tickets = new Tickets(keys, Duration.ofHours(1));
  private final Passes passes = new Passes(keys);

  @Test
  void aTokenIsCheckedWithinMicroseconds() {
    Ticket ticket = new Ticket(PLACE, NOW, 5);
    String signed = tickets.sign(ticket);
    String pass = passes.sign(new Pass(PLACE, NOW, NOW, NOW + 60_000));
    // More passes than are remembered, in turn: none is found when its turn comes again.
    String[] many = new String[32_768];
    for (int i = 0; i < many.length; i++) {
      many[i] = passes.sign(new Pass(new Place("concert", 1, 0, i + 1), NOW, NOW, NOW + 60_000));
    }

    long ticketSigned = nanos("ticket signed", 100_000, i -> tickets.sign(ticket));
    long ticketVerified =
        nanos("ticket verified", 200_000, i -> tickets.verify(signed, "concert", NOW));
    long first =
        nanos("pass verified", 32_768, i -> passes.verify(many[i % 32_768], "concert", NOW));
    // A new String each time, as each request brings one, so that no hash is kept in it.
    long again =
        nanos("pass verified again", 500_000, i -> passes.verify(copy(pass), "concert", NOW));
    long passSigned =
        nanos(
            "pass signed", 20_000, i -> passes.sign(new Pass(PLACE, NOW, NOW, NOW + 60_000L + i)));

    assertThat(ticketSigned).isLessThan(50_000);
    assertThat(ticketVerified).isLessThan(50_000);
    assertThat(first).isLessThan(200_000);
    assertThat(again).isLessThan(10_000);
    assertThat(passSigned).isLessThan(200_000);
  }

  private static String copy(String text) {
    return String.valueOf(text.toCharArray());
  }

  private static long nanos(String what, int times, IntConsumer act) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        act.accept(i);
      }
      best = Math.min(best, (System.nanoTime() - start) / times);
    }
    System.out.println(what + ": " + best + " ns");
    return best;
  }
}
