package dev.usher.cli.room;

/** The gateway did not do what was asked; the message says why, for the person who typed it. */
final class NotDoneException extends Exception {
  private static final long serialVersionUID = 1;

  NotDoneException(String message) {
    super(message);
  }
}
