package dev.usher.cli.page;

import dev.usher.forecast.WaitRange;
import dev.usher.page.Ended;
import dev.usher.page.Notice;
import dev.usher.page.Standing;
import dev.usher.page.Standing.Halt;
import dev.usher.page.Standing.State;
import dev.usher.sale.Countdown;
import dev.usher.sale.Opening;
import dev.usher.words.EnumWords;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor may meet on the page.
 *
 * @param standing how they stand
 * @param ended why an earlier visit ended; null if there was none
 * @param notice why they neither wait nor come in; null if they do
 * @param trouble what keeps the page from its work
 */
record Shown(Standing standing, @Nullable Ended ended, @Nullable Notice notice, Trouble trouble) {
  /** What a page meets once it asks by itself. */
  enum Trouble {
    /** Nothing. */
    NONE,
    /** The gateway answers that it is too busy. */
    BUSY,
    /** Nobody answers. */
    NO_CONNECTION,
    /** The browser keeps no cookie, so Usher does not know who asks. */
    NO_COOKIES,
    /** The same in a frame of another site. */
    IN_A_FRAME
  }

  private static final long AHEAD = 1240;

  /** The page asks so rarely that nothing is in the way of looking at it. */
  private static final long ASK_MILLIS = 600_000;

  private static final long SOON_MILLIS = 1000;

  private static final WaitRange RANGE = new WaitRange(730_000, 1_060_000);
  private static final WaitRange SOON = new WaitRange(10_000, 50_000);

  private static final Countdown COUNTDOWN =
      new Countdown(
          new Opening(
              0, 0, "2030-06-12T08:00:00Z", LocalDate.of(2030, 6, 12), "10:00 (Europe/Berlin)"),
          5_415_000);

  /** All of them, by a name for the address. */
  static Map<String, Shown> all() {
    Map<String, Shown> all = new LinkedHashMap<>();
    all.put("waiting", of(waits(AHEAD, RANGE)));
    all.put("wait-unknown", of(waits(AHEAD, null)));
    all.put("near", of(waits(8, SOON)));
    all.put("next", of(waits(0, SOON)));
    all.put("place-unknown", of(waits(Long.MAX_VALUE, null)));
    all.put("turn", of(in(State.CALLED, 0)));
    all.put("before-opening", of(of(Halt.NONE, COUNTDOWN, "")));
    all.put("paused", of(of(Halt.PAUSED, null, "")));
    all.put("paused-with-message", of(of(Halt.PAUSED, null, "We go on at 20:15.")));
    all.put("message", of(of(Halt.NONE, null, "Bring your ID, please.")));
    all.put("fault", of(of(Halt.FAULT, null, "")));
    all.put("limited", of(limited()));
    all.put("no-pod-ready", of(of(Halt.NO_POD, null, "")));
    all.put("sold-out", of(in(State.SOLD_OUT, AHEAD)));
    all.put("after-an-idle-visit", new Shown(waits(AHEAD, RANGE), Ended.IDLE, null, Trouble.NONE));
    all.put("after-a-long-visit", new Shown(waits(AHEAD, RANGE), Ended.LONG, null, Trouble.NONE));
    all.put("too-busy", in(Trouble.BUSY));
    all.put("no-connection", in(Trouble.NO_CONNECTION));
    all.put("cookies-blocked", in(Trouble.NO_COOKIES));
    all.put("in-a-frame", in(Trouble.IN_A_FRAME));
    for (Notice notice : Notice.values()) {
      String name = "notice-" + EnumWords.lower(notice);
      all.put(name, new Shown(Standing.NONE, null, notice, Trouble.NONE));
    }
    return all;
  }

  private static Shown of(Standing standing) {
    return new Shown(standing, null, null, Trouble.NONE);
  }

  private static Shown in(Trouble trouble) {
    Standing standing =
        new Standing(State.WAITING, AHEAD, SOON_MILLIS, Halt.NONE, null, false, "", RANGE);
    return new Shown(standing, null, null, trouble);
  }

  private static Standing waits(long ahead, @Nullable WaitRange range) {
    return new Standing(State.WAITING, ahead, ASK_MILLIS, Halt.NONE, null, false, "", range);
  }

  private static Standing in(State state, long ahead) {
    return new Standing(state, ahead, ASK_MILLIS);
  }

  private static Standing of(Halt halt, @Nullable Countdown countdown, String message) {
    WaitRange range = halt == Halt.NONE ? RANGE : null;
    return new Standing(State.WAITING, AHEAD, ASK_MILLIS, halt, countdown, false, message, range);
  }

  private static Standing limited() {
    return new Standing(State.WAITING, AHEAD, ASK_MILLIS, Halt.NONE, null, true, "", RANGE);
  }
}
