package dev.usher.helm.proof;

import dev.usher.store.Place;
import org.jspecify.annotations.Nullable;

/**
 * What one visitor was told once.
 *
 * @param askedAt when, in milliseconds since 1970; so are the other times
 * @param status of HTTP; 0 for none
 * @param state waiting, called, admitted; none for no standing at all; empty when untold
 * @param retryAfter seconds after which to ask again; -1 when untold
 * @param error why there was no answer; null when there was one
 */
record Told(
    int visitor,
    Ask ask,
    long askedAt,
    long answeredAt,
    int status,
    String state,
    double retryAfter,
    @Nullable Place place,
    @Nullable Served served,
    @Nullable String error) {

  /** What a visitor can ask. */
  enum Ask {
    JOIN,
    POLL,
    CLAIM,
    BROWSE,
    LEAVE
  }

  /** Which pod answered, when the request had come to it, and how many were in flight there. */
  record Served(String pod, long cameAt, int inFlight) {}

  boolean is(String wanted) {
    return state.equals(wanted);
  }
}
