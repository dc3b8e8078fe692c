package dev.usher.page;

import dev.usher.sale.Opening;
import dev.usher.words.EnumWords;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * A visitor's standing as JSON, for pages and apps. On the path of every poll: prepared bytes and
 * digits, no formatting.
 */
public final class PlaceJson {
  /** Room for the three largest numbers, and some more. */
  private static final int ROOM_FOR_NUMBERS = 120;

  private static final byte[] POSITION = ascii(",\"position\":");
  private static final byte[] AHEAD = ascii(",\"ahead\":");
  private static final byte[] RETRY = ascii(",\"retryAfterSeconds\":");
  private static final byte[] PAUSED = ascii(",\"paused\":true");
  private static final byte[] CLOSED = ascii(",\"closed\":true");
  private static final byte[] OPENS = ascii(",\"opensAt\":\"");
  private static final byte[] END = ascii("}\n");

  private final Map<Standing.State, byte[]> starts = new EnumMap<>(Standing.State.class);

  /**
   * @param room the room's name
   */
  public PlaceJson(String room) {
    for (Standing.State state : Standing.State.values()) {
      String word = EnumWords.lower(state);
      starts.put(state, ascii("{\"room\":\"" + room + "\",\"state\":\"" + word + "\""));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The JSON text, one line. */
  public byte[] write(Standing standing) {
    byte[] start = starts.getOrDefault(standing.state(), END);
    Ascii out = new Ascii(start.length + ROOM_FOR_NUMBERS);
    out.put(start);
    if (standing.state() == Standing.State.WAITING && standing.ahead() != Long.MAX_VALUE) {
      out.put(POSITION).put(standing.ahead() + 1);
    }
    boolean inLine =
        standing.state() != Standing.State.NONE && standing.state() != Standing.State.ADMITTED;
    if (inLine && standing.ahead() != Long.MAX_VALUE) {
      out.put(AHEAD).put(standing.ahead());
    }
    if (standing.askAgainMillis() > 0) {
      out.put(RETRY).put(standing.askAgainMillis() / 1000).put((byte) '.');
      long tenths = standing.askAgainMillis() % 1000 / 100;
      out.put((byte) ('0' + tenths));
    }
    if (standing.paused()) {
      out.put(PAUSED);
    }
    if (standing.closed()) {
      out.put(CLOSED);
    }
    Opening opening = standing.opening();
    if (opening != null) {
      out.put(OPENS).put(ascii(opening.utc())).put((byte) '"');
    }
    return out.put(END).bytes();
  }
}
