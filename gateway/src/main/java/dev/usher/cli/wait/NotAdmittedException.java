package dev.usher.cli.wait;

/** The visitor was not let in, and asking again would change nothing; the message says why. */
final class NotAdmittedException extends Exception {
  private static final long serialVersionUID = 1;

  NotAdmittedException(String message) {
    super(message);
  }
}
