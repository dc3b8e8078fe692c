package dev.usher.store.redis.link;

/** A trouble that was recognised where it arose. */
final class StoreTroubleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient StoreTrouble trouble;

  StoreTroubleException(StoreTrouble.Kind kind, String said) {
    // Without a stack trace: it tells of the store, not of our code.
    super(said, null, false, false);
    this.trouble = new StoreTrouble(kind, said);
  }

  StoreTroubleException(StoreTrouble trouble) {
    super(trouble.said(), null, false, false);
    this.trouble = trouble;
  }

  StoreTrouble trouble() {
    return trouble;
  }
}
