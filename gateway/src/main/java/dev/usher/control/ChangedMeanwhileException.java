package dev.usher.control;

/** What is set for a room was changed by others again and again, while somebody tried to. */
public final class ChangedMeanwhileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ChangedMeanwhileException() {
    super("What is set for the room must stay as it is for a moment but was changed by others");
  }
}
