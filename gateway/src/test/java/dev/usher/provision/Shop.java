package dev.usher.provision;

import dev.usher.admission.Admission;
import dev.usher.admission.Declared;
import dev.usher.admission.Figures;
import dev.usher.admission.Learnt;
import dev.usher.admission.Learnt.Cause;
import dev.usher.admission.capacity.Tuning;
import dev.usher.provision.Reckoning.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An upstream as the reckoning sees it: everything can be set, and time passes by the second. */
final class Shop {
  static final Declared DECLARED = new Declared(200, 30, 0, 0);

  int min = 1;
  int max = Scaling.UNBOUNDED;
  int ready = 4;
  int known = 4;
  long capacity = 720;
  long sessions;
  long waiting;
  long wouldWait;
  int scheduled;
  long until;
  double k = 1;
  double warm = 1;
  double roomless;
  double sessionSeconds;
  double sinceCut = 1000;
  Cause cause = Cause.NONE;
  Figures.Advice advice = Figures.Advice.NONE;
  long now = 1_000_000;
  private @Nullable Reckoning reckoning;

  /** A new leader, who goes on from what the last one wrote. */
  void begin(@Nullable Desired before) {
    reckoning = new Reckoning(sizing(), before);
  }

  private Sizing sizing() {
    Scaling scaling = new Scaling(min, max, Duration.ofMinutes(10), Duration.ofSeconds(60));
    return new Sizing(scaling, DECLARED, Tuning.DEFAULT);
  }

  /** A second later. */
  Desired step() {
    now += 1000;
    if (reckoning == null) {
      begin(null);
    }
    Objects.requireNonNull(reckoning).reconfigure(sizing());
    Demand crowd = new Demand(sessions, waiting, wouldWait);
    Seen seen = new Seen(now, admission(), crowd, known, scheduled, until);
    return Objects.requireNonNull(reckoning.decide(seen));
  }

  Desired after(int seconds) {
    for (int i = 1; i < seconds; i++) {
      step();
    }
    return step();
  }

  private Admission admission() {
    Learnt learnt = new Learnt("shop", k, 1, cause, false, sinceCut, 0.2, 0.1, 0.1, 3);
    return new Admission(
        capacity, 0, 0, Admission.Reason.NOBODY_WAITS, figures(), List.of(), learnt);
  }

  private Figures figures() {
    return new Figures(
        ready,
        warm * ready,
        0.9,
        k,
        1,
        false,
        DECLARED.sessions(),
        DECLARED.requestsPerSecond(),
        0.1,
        3,
        sessionSeconds,
        0.2,
        0.2,
        0,
        roomless,
        0,
        0,
        0,
        1,
        0,
        1,
        List.of(),
        advice);
  }
}
