package dev.usher.attack;

/** Time that has to pass because it is what is tried: slow senders, floods, quiet sockets. */
final class Pause {
  private Pause() {}

  static void of(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
