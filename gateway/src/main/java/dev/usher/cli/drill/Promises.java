package dev.usher.cli.drill;

import dev.usher.cli.drill.crowd.Count;
import dev.usher.cli.drill.crowd.Percentiles;
import dev.usher.cli.drill.crowd.Timing;
import dev.usher.cli.drill.http.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The promises of Usher to a crowd, and whether they were kept. */
public final class Promises {
  /** Time within which everyone holds a ticket. */
  static final double TICKET_MS = 2_000;

  /** Or this many times what the same crowd takes at a server that does nothing. */
  static final double TIMES_BARE = 1.5;

  /**
   * A time that is late by no more than this factor is only reported, because it may be the
   * machine's doing.
   */
  private static final double CLEARLY_LATE = 2;

  private Promises() {}

  /**
   * Compares the promises with an outcome.
   *
   * @param crowd the outcome of the drill
   * @param bare the outcome of the same crowd at a bare server, or null if none was sent there
   */
  public static List<Promise> of(Outcome crowd, @Nullable Outcome bare) {
    List<Promise> all = new ArrayList<>();
    Moment end = crowd.end();
    all.add(none("no connection errors", end.connectionErrors()));
    all.add(none("no 5xx", of(end, Trouble.SERVER_ERROR)));
    long others = end.errors() - end.connectionErrors() - of(end, Trouble.SERVER_ERROR);
    all.add(none("no other trouble", others));
    all.add(none("nobody's position rises", end.of(Count.POSITION_ROSE)));
    all.add(none("nobody who is there is overtaken", end.of(Count.OVERTAKEN)));
    all.add(none("no ticket is forgotten", end.of(Count.TICKET_UNKNOWN)));
    all.add(everyoneHoldsATicket(crowd, bare));
    sessionsWithinCapacity(crowd, all);
    return all;
  }

  private static Promise everyoneHoldsATicket(Outcome crowd, @Nullable Outcome bare) {
    Percentiles ticket = crowd.of(Timing.TICKET);
    double limit = TICKET_MS;
    String words = "everyone holds a ticket within 2 s";
    if (bare != null) {
      limit = Math.max(limit, TIMES_BARE * bare.of(Timing.FIRST_ANSWER).max());
      words += ", or 1.5 times what a bare server takes";
    }
    boolean everyone = ticket.count() == crowd.plan().visitors();
    return new Promise(
        everyone && ticket.max() <= limit,
        !everyone || ticket.max() > CLEARLY_LATE * limit,
        words,
        String.format(
            Locale.ROOT,
            "%,d of %,d, the last after %,.0f ms (at most %,.0f)",
            ticket.count(),
            crowd.plan().visitors(),
            ticket.max(),
            limit));
  }

  private static void sessionsWithinCapacity(Outcome crowd, List<Promise> all) {
    long most = -1;
    long over = 0;
    long capacity = 0;
    for (Moment m : crowd.course()) {
      OpsSample ops = m.ops();
      if (ops != null) {
        most = Math.max(most, ops.sessions());
        capacity = Math.max(capacity, ops.capacity());
        // A lost pod lowers the capacity at once, and nobody inside is thrown out: only a number
        // above the highest capacity so far breaks the promise.
        over += ops.sessions() > capacity ? 1 : 0;
      }
    }
    if (most >= 0) {
      String seen = String.format(Locale.ROOT, "%,d of %,d at most", most, capacity);
      all.add(new Promise(over == 0, "sessions never exceed capacity", seen));
    }
  }

  private static long of(Moment end, Trouble trouble) {
    return end.troubles().getOrDefault(trouble, 0L);
  }

  private static Promise none(String words, long seen) {
    return new Promise(seen == 0, words, String.format(Locale.ROOT, "%,d", seen));
  }
}
