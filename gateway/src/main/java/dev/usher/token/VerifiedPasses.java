package dev.usher.token;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The passes that this replica has verified lately, by their exact text; they make an admitted
 * visitor's second request cheap.
 *
 * <p>A table of fixed size in which a newer pass takes an older one's slot. Reading is one volatile
 * read; there is no lock and nothing to clean up. It holds only good passes, so that strangers with
 * bad ones can displace nothing.
 */
final class VerifiedPasses {
  /** Shorter than the text of any signature, and still about 60 of its random bits. */
  private static final int TAIL = 12;

  private final AtomicReferenceArray<@Nullable Entry> slots;

  private record Entry(long tail, String token, Pass pass) {}

  /**
   * @param size number of passes remembered at most, a power of two; each costs about half a
   *     kilobyte
   */
  VerifiedPasses(int size) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("The size must be a power of two but was " + size);
    }
    this.slots = new AtomicReferenceArray<>(size);
  }

  /**
   * The pass with exactly this text, or null; whether it is still valid is for the caller to check.
   */
  @Nullable Pass get(String token) {
    long tail = tail(token);
    Entry entry = slots.get(slot(tail));
    // The tails are compared first, in one instruction: to learn anything from the time that
    // equals() takes, a stranger must have guessed 60 bits of the signature.
    return entry != null && entry.tail() == tail && entry.token().equals(token)
        ? entry.pass()
        : null;
  }

  void put(String token, Pass pass) {
    long tail = tail(token);
    slots.set(slot(tail), new Entry(tail, token, pass));
  }

  private int slot(long tail) {
    return (int) ((tail ^ tail >>> 32) & slots.length() - 1);
  }

  /** The end of the signature is random already; the rest of the text need not be hashed. */
  private static long tail(String token) {
    long hash = 0;
    for (int i = Math.max(0, token.length() - TAIL); i < token.length(); i++) {
      hash = hash * 0x100000001b3L + token.charAt(i);
    }
    return hash;
  }
}
