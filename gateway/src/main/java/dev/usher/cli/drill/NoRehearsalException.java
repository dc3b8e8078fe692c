package dev.usher.cli.drill;

/** The bare server did not start. The message says what to do. */
final class NoRehearsalException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  NoRehearsalException(String message, Throwable cause) {
    super(message, cause);
  }
}
