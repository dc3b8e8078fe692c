package dev.usher.cli.page;

import dev.usher.forecast.WaitRange;
import dev.usher.page.Ended;
import dev.usher.page.Notice;
import dev.usher.page.Standing;
import dev.usher.page.Standing.State;
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
 */
record Shown(Standing standing, @Nullable Ended ended, @Nullable Notice notice) {
  private static final long AHEAD = 1240;

  /** The page asks so rarely that nothing is in the way of looking at it. */
  private static final long ASK_MILLIS = 600_000;

  private static final WaitRange RANGE = new WaitRange(730_000, 1_060_000);
  private static final WaitRange SOON = new WaitRange(10_000, 50_000);

  private static final Opening OPENING =
      new Opening(0, 0, "2030-06-12T08:00:00Z", LocalDate.of(2030, 6, 12), "10:00 (Europe/Berlin)");

  /** All of them, by a name for the address. */
  static Map<String, Shown> all() {
    Map<String, Shown> all = new LinkedHashMap<>();
    all.put("waiting", of(waits(AHEAD, RANGE)));
    all.put("wait-unknown", of(waits(AHEAD, null)));
    all.put("near", of(waits(8, SOON)));
    all.put("next", of(waits(0, SOON)));
    all.put("place-unknown", of(waits(Long.MAX_VALUE, null)));
    all.put("turn", of(in(State.CALLED, 0)));
    all.put("before-opening", of(of(false, false, OPENING, "")));
    all.put("paused", of(of(true, false, null, "")));
    all.put("paused-with-message", of(of(true, false, null, "We go on at 20:15.")));
    all.put("limited", of(limited()));
    all.put("no-pod-ready", of(of(false, true, null, "")));
    all.put("sold-out", of(in(State.SOLD_OUT, AHEAD)));
    all.put("after-an-idle-visit", new Shown(waits(AHEAD, RANGE), Ended.IDLE, null));
    all.put("after-a-long-visit", new Shown(waits(AHEAD, RANGE), Ended.LONG, null));
    for (Notice notice : Notice.values()) {
      String name = "notice-" + EnumWords.lower(notice);
      all.put(name, new Shown(Standing.NONE, null, notice));
    }
    return all;
  }

  private static Shown of(Standing standing) {
    return new Shown(standing, null, null);
  }

  private static Standing waits(long ahead, @Nullable WaitRange range) {
    return new Standing(State.WAITING, ahead, ASK_MILLIS, false, false, null, false, "", range);
  }

  private static Standing in(State state, long ahead) {
    return new Standing(state, ahead, ASK_MILLIS, false);
  }

  // Rule zero: what differs between these.
  private static Standing of(
      boolean paused, boolean closed, @Nullable Opening opening, String message) {
    WaitRange range = paused || closed ? null : RANGE;
    return new Standing(
        State.WAITING, AHEAD, ASK_MILLIS, paused, closed, opening, false, message, range);
  }

  private static Standing limited() {
    return new Standing(State.WAITING, AHEAD, ASK_MILLIS, false, false, null, true, "", RANGE);
  }
}
