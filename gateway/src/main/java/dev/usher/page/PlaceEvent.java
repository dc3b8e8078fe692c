package dev.usher.page;

import dev.usher.sale.Opening;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event of a waiting visitor's stream. Each carries the whole standing, as a question would be
 * answered; its name says what is new.
 */
public enum PlaceEvent {
  /** Others are ahead now, or nothing is new and it is said again. */
  PLACE("place"),
  /** The visitor's turn has come. */
  TURN("turn"),
  /** The visitor is something else to the room, or the room is in another state. */
  STATE("state"),
  /** The organiser says something else. */
  MESSAGE("message");

  private static final byte[] ID = ascii("id: ");
  private static final byte[] DATA = ascii("data: ");

  /** Room for an id of usual length. */
  private static final int ROOM_FOR_ID = 48;

  @SuppressWarnings("ImmutableEnumChecker") // nobody else has the array
  private final byte[] start;

  PlaceEvent(String name) {
    this.start = ascii("event: " + name + "\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** What is new to a visitor who was told one standing and now has another; null for nothing. */
  public static @Nullable PlaceEvent between(Standing told, Standing now) {
    if (now.state() == Standing.State.CALLED && told.state() != Standing.State.CALLED) {
      return TURN;
    }
    if (now.state() != told.state()
        || now.halt() != told.halt()
        || now.limited() != told.limited()
        || !Objects.equals(opening(now), opening(told))) {
      return STATE;
    }
    if (!now.message().equals(told.message())) {
      return MESSAGE;
    }
    return now.ahead() == told.ahead() ? null : PLACE;
  }

  private static @Nullable Opening opening(Standing standing) {
    return standing.countdown() == null ? null : standing.countdown().opening();
  }

  /**
   * The event's bytes.
   *
   * @param id what a stream that is opened again goes on from; null for a visitor without a number
   * @param json a line with its end, as {@link PlaceJson} writes it
   */
  public byte[] write(@Nullable EventId id, byte[] json) {
    Ascii out = new Ascii(start.length + ROOM_FOR_ID + DATA.length + json.length + 1);
    out.put(start);
    if (id != null) {
      out.put(ID);
      id.write(out);
      out.put((byte) '\n');
    }
    return out.put(DATA).put(json).put((byte) '\n').bytes();
  }
}
