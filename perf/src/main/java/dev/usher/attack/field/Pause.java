package dev.usher.attack.field;

/**
 * Time that has to pass because it is the subject of the attack: slow senders, floods, quiet
 * sockets.
 */
public final class Pause {
  private Pause() {}

  public static void of(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
