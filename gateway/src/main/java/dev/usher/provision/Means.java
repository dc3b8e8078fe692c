package dev.usher.provision;

import dev.usher.sale.SaleEvent.Size;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an event's size is turned into pods by.
 *
 * @param strength what pods bear
 * @param sessionSeconds how long a session lasts
 * @param sizing what the operator set
 */
record Means(Strength strength, double sessionSeconds, Sizing sizing) {
  private static final int WORDS = 4;

  /** The pods that an event of this size needs. */
  int pods(Size size) {
    if (size.replicas() > 0) {
      return size.replicas();
    }
    Demand crowd = new Demand(0, size.visitors(), 0);
    return Needs.ofLine(crowd, strength, within(size).toMillis() / 1000.0, sessionSeconds);
  }

  /** Whether no session was measured yet. What is measured is never exactly as long. */
  boolean isAssumed() {
    return sessionSeconds == Reckoning.SESSION_SECONDS;
  }

  /** The time in which everyone should be in. */
  Duration within(Size size) {
    Duration own = size.within();
    return own == null ? sizing.scaling().within() : own;
  }

  /** Seconds until so many visitors are in, with so many warm pods. */
  double throughSeconds(long visitors, int pods) {
    return Needs.throughSeconds(
        new Demand(0, visitors, 0), (long) strength.bears(pods), sessionSeconds);
  }

  /** The measured part of it as text. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%.6f %.6f %.6f %.6f",
        strength.sessions(),
        strength.trust(),
        strength.besides(),
        sessionSeconds);
  }

  /** Reads what {@link #text} wrote; null if that cannot be read. */
  static @Nullable Means parse(String text, Sizing sizing) {
    String[] words = text.split(" ", -1);
    if (words.length != WORDS) {
      return null;
    }
    try {
      return new Means(
          new Strength(
              Double.parseDouble(words[0]),
              Double.parseDouble(words[1]),
              sizing.tuning().surviveLossOf(),
              Double.parseDouble(words[2])),
          Double.parseDouble(words[3]),
          sizing);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** What is declared, before anything was measured; null if that does not say what a pod bears. */
  static @Nullable Means declared(Sizing sizing) {
    double sessions = sizing.declared().sessions();
    return sessions <= 0
        ? null
        : new Means(
            new Strength(sessions, 1, sizing.tuning().surviveLossOf(), 0),
            Reckoning.SESSION_SECONDS,
            sizing);
  }
}
