package dev.usher.provision.floor;

import dev.usher.provision.Desired;
import dev.usher.provision.Scaling;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The floor that one upstream should have now.
 *
 * @param pods the least pods; 0 for what it was before Usher
 * @param most the pods up to which the owner's own limit may be raised as well; 0 leaves that alone
 * @param begins whether a floor that was not raised yet may be
 * @param plan until when, and for whose sake
 */
record Wanted(int pods, int most, boolean begins, Plan plan) {
  /** What was raised is to be given back. */
  static final Wanted NOTHING = new Wanted(0, 0, false, new Plan(0, ""));

  /** Time that pods which were asked for may be late before the floor is raised instead. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /**
   * For how long, and why.
   *
   * @param until when another floor will be wanted, in milliseconds since 1970; 0 for unknown
   * @param why for whose sake
   */
  record Plan(long until, String why) {}

  /** What follows from the number of pods that there should be. */
  static Wanted of(Scaling scaling, Desired desired) {
    return switch (scaling.floor()) {
      case OFF -> NOTHING;
      case SCHEDULE -> of(scaling.capped(desired.terms().schedule()), scaling, desired, true);
      case TRY, DESIRED -> of(desired.needed(), scaling, desired, true);
      case FALLBACK ->
          of(
              desired.needed(),
              scaling,
              desired,
              desired.pods().shortSeconds() > scaling.podStart().plus(PATIENCE).toSeconds());
    };
  }

  private static Wanted of(int pods, Scaling scaling, Desired desired, boolean begins) {
    String why = desired.reason().name().toLowerCase(Locale.ROOT);
    return new Wanted(pods, scaling.max(), begins, new Plan(desired.until(), why));
  }

  /** This, or nothing while it is unknown. */
  static @Nullable Wanted ofKnown(Scaling scaling, @Nullable Desired desired) {
    return desired == null ? null : of(scaling, desired);
  }
}
