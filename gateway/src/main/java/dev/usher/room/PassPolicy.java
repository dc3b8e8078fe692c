package dev.usher.room;

import dev.usher.room.Decision.Admit;
import dev.usher.store.Place;
import dev.usher.token.Pass;

/** How long passes of a room last, and when they are renewed. */
final class PassPolicy {
  private final RoomPolicy policy;

  PassPolicy(RoomPolicy policy) {
    this.policy = policy;
  }

  /** Admits the holder of a place, who shows no pass and whose session began then. */
  Admit first(Place place, long began, long now) {
    return new Admit(pass(place, began, now), true);
  }

  /** Admits the holder of an expired pass whose session is not over. */
  Admit again(Pass pass, long now) {
    return new Admit(pass(pass.place(), pass.admittedAt(), now).on(pass.pod()), true);
  }

  /** Admits the holder of this pass, with a later one if it is time to renew. */
  Admit renewed(Pass pass, long now) {
    if (now - pass.issuedAt() < policy.renewAfter().toMillis()) {
      return new Admit(pass, false);
    }
    Pass fresh = pass(pass.place(), pass.admittedAt(), now).on(pass.pod());
    return fresh.expiresAt() > pass.expiresAt() ? new Admit(fresh, true) : new Admit(pass, false);
  }

  private Pass pass(Place place, long admittedAt, long now) {
    long end = admittedAt + policy.sessionMax().toMillis();
    // Replicas' clocks differ: a pass issued in the future is renewed from its own time.
    long issued = Math.max(now, admittedAt);
    long life = policy.passLife().toMillis();
    return new Pass(place, admittedAt, issued, Math.max(issued, Math.min(issued + life, end)));
  }
}
