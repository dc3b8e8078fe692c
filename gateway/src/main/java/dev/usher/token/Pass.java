package dev.usher.token;

import dev.usher.store.Place;

/**
 * Proof of admission. It identifies its session by the place that was claimed.
 *
 * @param place the claimed place
 * @param admittedAt when the session began, in milliseconds since 1970, to the second
 * @param issuedAt when this pass was issued or renewed, in milliseconds since 1970, to the second
 * @param expiresAt when it stops being valid, in milliseconds since 1970, to the second
 * @param farewell whether its session was ended by the origin: it admits to nothing
 * @param pod the label of the pod that the session stays with; 0 for none
 */
public record Pass(
    Place place, long admittedAt, long issuedAt, long expiresAt, boolean farewell, long pod) {
  /** A pass whose session is not over, and that names no pod. */
  public Pass(Place place, long admittedAt, long issuedAt, long expiresAt) {
    this(place, admittedAt, issuedAt, expiresAt, false, 0);
  }

  public Pass {
    if (admittedAt < 0 || issuedAt < admittedAt || expiresAt < issuedAt) {
      throw new IllegalArgumentException(
          "A pass must be admitted, issued and expire in this order but was "
              + admittedAt
              + ", "
              + issuedAt
              + ", "
              + expiresAt);
    }
  }

  /** The pass with the session staying with this pod. */
  public Pass on(long other) {
    return other == pod ? this : new Pass(place, admittedAt, issuedAt, expiresAt, farewell, other);
  }
}
