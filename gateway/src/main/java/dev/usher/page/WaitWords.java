package dev.usher.page;

import dev.usher.forecast.WaitRange;
import org.jspecify.annotations.Nullable;

/** How long a visitor waits, in words; the page's script says the same. */
final class WaitWords {
  private static final long MINUTE = 60_000;

  /** Up to so many minutes each is told; nobody counts more of them. */
  private static final long EACH = 20;

  private static final long FIVES = 5;

  private final Texts texts;

  WaitWords(Texts texts) {
    this.texts = texts;
  }

  /** The sentence; empty where a wait says nothing. */
  String say(Standing standing) {
    boolean waits = standing.state() == Standing.State.WAITING;
    if (!waits || standing.halt() != Standing.Halt.NONE) {
      return "";
    }
    if (standing.countdown() == null) {
      return texts.text("wait").replace("{wait}", range(standing.range()));
    }
    return standing.range() == null
        ? ""
        : texts.text("wait.then").replace("{wait}", range(standing.range()));
  }

  private String range(@Nullable WaitRange range) {
    if (range == null) {
      return texts.text("wait.unknown");
    }
    long to = rounded(range.to(), true);
    if (to <= 1) {
      return texts.text("wait.short");
    }
    long from = Math.max(1, Math.min(to - 1, rounded(range.from(), false)));
    return texts.count("wait", to).replace("{from}", Long.toString(from));
  }

  /** Whole minutes, and fives of many, so that what is told seldom changes. */
  static long rounded(long millis, boolean up) {
    double minutes = (double) Math.max(0, millis) / MINUTE;
    long step = minutes > EACH ? FIVES : 1;
    double steps = minutes / step;
    return step * (long) (up ? Math.ceil(steps) : Math.floor(steps));
  }
}
