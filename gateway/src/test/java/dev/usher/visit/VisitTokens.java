package dev.usher.visit;

import dev.usher.store.Place;
import dev.usher.token.Keys;
import dev.usher.token.Ticket;
import dev.usher.token.Tickets;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads the tokens of one room, which are opaque to visitors: the harness knows the key. */
public final class VisitTokens {
  /** A key for tests. */
  public static final String KEY = "test:" + "A".repeat(43);

  /** The room of most plays. */
  public static final String ROOM = "concert";

  private final Tickets tickets = new Tickets(Keys.parse(KEY), Duration.ofDays(1));
  private final String room;

  VisitTokens(String room) {
    this.room = room;
  }

  /** The place of a ticket; null for one that has no number yet. */
  @Nullable Place ofTicket(String text) {
    return tickets.verify(text, room, System.currentTimeMillis()) instanceof Ticket ticket
        ? ticket.place()
        : null;
  }

  /** The place of a pass. */
  Place ofPass(String text) {
    String[] numbers = session(text).split("\\.", -1);
    return new Place(
        room, Long.parseLong(numbers[0]), Integer.parseInt(numbers[1]), Long.parseLong(numbers[2]));
  }

  /** The session of a pass as {@code epoch.lane.number}; whether it is signed is not looked at. */
  public static String session(String pass) {
    String claims = pass.split("\\.", -1)[1];
    return new JsonObject(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
        .getString("sub");
  }
}
