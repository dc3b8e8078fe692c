package dev.usher.sim.time;

/** Something happened that must never happen. The message has the seed and the last events. */
public final class BrokenPromiseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BrokenPromiseException(String message) {
    super(message);
  }
}
