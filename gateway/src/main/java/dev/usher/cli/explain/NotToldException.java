package dev.usher.cli.explain;

/** The gateway could not be asked. The message says why, and what to look at. */
final class NotToldException extends Exception {
  private static final long serialVersionUID = 1;

  NotToldException(String message) {
    super(message);
  }
}
