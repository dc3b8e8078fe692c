package dev.usher.page;

import dev.usher.forecast.WaitRange;
import dev.usher.sale.Countdown;
import dev.usher.words.EnumWords;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's standing as JSON, for pages and apps. On the path of every poll: prepared bytes and
 * digits, no formatting.
 */
public final class PlaceJson {
  /** Room for the six largest numbers, and some more. */
  private static final int ROOM_FOR_NUMBERS = 200;

  private static final byte[] POSITION = ascii(",\"position\":");
  private static final byte[] AHEAD = ascii(",\"ahead\":");
  private static final byte[] RETRY = ascii(",\"retryAfterSeconds\":");
  private static final byte[] PAUSED = ascii(",\"paused\":true");
  private static final byte[] FAULT = ascii(",\"paused\":true,\"fault\":true");
  private static final byte[] NOTHING = {};
  private static final byte[] CLOSED = ascii(",\"closed\":true");
  private static final byte[] OPENS = ascii(",\"opensAt\":\"");
  private static final byte[] OPENS_IN = ascii("\",\"opensInSeconds\":");
  private static final byte[] LIMITED = ascii(",\"limited\":true");
  private static final byte[] WAIT_FROM = ascii(",\"waitFromSeconds\":");
  private static final byte[] WAIT_TO = ascii(",\"waitToSeconds\":");
  private static final byte[] END = ascii("}\n");

  private final Saying saying = new Saying(PlaceJson::said);
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

  private static byte[] said(String message) {
    StringBuilder json = new StringBuilder(",\"message\":\"");
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      // The markup characters too: whoever puts this into a page may forget to escape it.
      if (c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The JSON text with one more value, letters that need no escape; none if it is null. */
  public static byte[] with(byte[] json, String name, @Nullable String value) {
    if (value == null) {
      return json;
    }
    byte[] more = ascii(",\"" + name + "\":\"" + value + "\"");
    int before = json.length - END.length;
    return new Ascii(json.length + more.length)
        .put(Arrays.copyOf(json, before))
        .put(more)
        .put(END)
        .bytes();
  }

  private static byte[] halt(Standing.Halt why) {
    return switch (why) {
      case NONE -> NOTHING;
      case PAUSED -> PAUSED;
      case FAULT -> FAULT;
      case NO_POD -> CLOSED;
    };
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
        standing.state() == Standing.State.WAITING || standing.state() == Standing.State.CALLED;
    if (inLine && standing.ahead() != Long.MAX_VALUE) {
      out.put(AHEAD).put(standing.ahead());
    }
    if (standing.askAgainMillis() > 0) {
      out.put(RETRY).put(standing.askAgainMillis() / 1000).put((byte) '.');
      long tenths = standing.askAgainMillis() % 1000 / 100;
      out.put((byte) ('0' + tenths));
    }
    out.put(halt(standing.halt()));
    Countdown countdown = standing.countdown();
    if (countdown != null) {
      out.put(OPENS).put(ascii(countdown.opening().utc()));
      out.put(OPENS_IN).put(Math.max(0, countdown.leftMillis() + 999) / 1000);
    }
    WaitRange range = standing.range();
    if (range != null) {
      out.put(WAIT_FROM).put(range.from() / 1000).put(WAIT_TO).put((range.to() + 999) / 1000);
    }
    if (standing.limited()) {
      out.put(LIMITED);
    }
    return out.put(saying.bytes(standing.message())).put(END).bytes();
  }
}
